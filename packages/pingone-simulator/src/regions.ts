/**
 * The six regions of PingOne and their hosts, which only show in the claims of tokens: the simulator itself has one address.
 */
import type { RegionCode } from './world-types.js';

const TOP_LEVEL_DOMAINS: Record<RegionCode, string> = {
  NA: 'com',
  CA: 'ca',
  EU: 'eu',
  AU: 'com.au',
  SG: 'sg',
  AP: 'asia',
};

export const REGION_CODES = Object.keys(TOP_LEVEL_DOMAINS) as RegionCode[];

/** The region named by a lower-case path segment, or undefined: no region is ever guessed. */
export function regionOfSegment(segment: string): RegionCode | undefined {
  return REGION_CODES.find((code) => code.toLowerCase() === segment);
}

/** `https://auth.pingone.<tld>/<environment>/as`: the issuer of worker tokens. */
export function issuerOf(region: RegionCode, environmentId: string): string {
  return `https://auth.pingone.${TOP_LEVEL_DOMAINS[region]}/${environmentId}/as`;
}

/** `https://api.pingone.<tld>`: the audience of worker tokens. */
export function audienceOf(region: RegionCode): string {
  return `https://api.pingone.${TOP_LEVEL_DOMAINS[region]}`;
}
