/** PingOne's regions and what follows from them. Pure. @see https://apidocs.pingidentity.com (regional domains) */
import { UnknownRegionError } from './errors.js';
import type { Region, WorkerTokenCredentials } from './types/credentials.js';

export interface RegionInfo {
  /** Top-level domain of PingOne's hosts. */
  readonly tld: string;
  readonly authHost: string;
  readonly apiHost: string;
  /** The lower-case code that older code stored. */
  readonly legacyCode: string;
  /** Other spellings, lower-case letters only. */
  readonly aliases: readonly string[];
}

/** All regions by their code. */
export const REGIONS: Readonly<Record<Region, RegionInfo>> = {
  NA: region('com', 'us', ['us', 'usa', 'northamerica']),
  CA: region('ca', 'ca', ['canada']),
  EU: region('eu', 'eu', ['europe']),
  AU: region('com.au', 'au', ['australia', 'australiaasiapacific']),
  SG: region('sg', 'sg', ['singapore']),
  AP: region('asia', 'ap', ['asia', 'asiapacific']),
};

/**
 * Reads a region's code or one of its aliases (`us`, `NorthAmerica`, `NORTH_AMERICA`, `Europe` …), in any case.
 * Missing or empty means NA.
 *
 * @throws UnknownRegionError for anything else; an unknown region is never taken for NA.
 */
export function toRegion(value: unknown): Region {
  if (value === undefined || value === null) return 'NA';
  if (typeof value !== 'string') throw new UnknownRegionError();
  if (value.trim() === '') return 'NA';
  const letters = value.toLowerCase().replace(/[\s_-]/g, '');
  for (const [code, { aliases }] of Object.entries(REGIONS)) {
    if (code.toLowerCase() === letters || aliases.includes(letters)) return code as Region;
  }
  throw new UnknownRegionError();
}

/**
 * The token endpoint that follows from region and environment, or from a custom domain (`https://<authHost>/as/token`, without the
 * environment). An explicit `tokenEndpoint` in the credentials is not looked at.
 */
export function deriveTokenEndpoint(
  credentials: Pick<WorkerTokenCredentials, 'environmentId' | 'region' | 'authHost'>,
): string {
  const { environmentId, region: code, authHost } = credentials;
  if (authHost) return `https://${authHost}/as/token`;
  return `https://${REGIONS[code].authHost}/${encodeURIComponent(environmentId)}/as/token`;
}

function region(tld: string, legacyCode: string, aliases: readonly string[]): RegionInfo {
  return { tld, authHost: `auth.pingone.${tld}`, apiHost: `api.pingone.${tld}`, legacyCode, aliases };
}
