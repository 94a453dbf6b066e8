/** Where PingOne is, for each region. Addresses of tests and custom domains can stand in; nothing a request says can. */
import { isSafeAddress, parseAddress } from '@worker-token/manager';
import { deriveTokenEndpoint, REGIONS, toRegion, type Region } from '@worker-token/storage';
import { ServerOptionError } from './errors.js';
import type { RegionAddresses } from './types.js';

const WHOLE_ENDPOINT = '/as/token';

export type TokenEndpoints = (region: Region, environmentId: string) => string;

/**
 * @param own A base such as `http://127.0.0.1:4010/auth/na`, which `/<environment>/as/token` is put after; or the whole endpoint of a
 *   custom domain, `https://login.example.com/as/token`, which has no environment in it.
 * @throws ServerOptionError
 */
export function tokenEndpointsOf(own: RegionAddresses | undefined): TokenEndpoints {
  const bases = checked('authHosts', own);
  return (region, environmentId) => {
    const base = bases.get(region);
    if (base === undefined) return deriveTokenEndpoint({ region, environmentId });
    return base.endsWith(WHOLE_ENDPOINT) ? base : `${base}/${environmentId}${WHOLE_ENDPOINT}`;
  };
}

/**
 * @param own A base such as `http://127.0.0.1:4010/api/na`, which `/v1/…` is put after.
 * @throws ServerOptionError
 */
export function apiBasesOf(own: RegionAddresses | undefined): (region: Region) => string {
  const bases = checked('apiHosts', own);
  return (region) => bases.get(region) ?? `https://${REGIONS[region].apiHost}`;
}

function checked(option: string, addresses: RegionAddresses = {}): Map<Region, string> {
  return new Map(
    Object.entries(addresses).map(([region, address]) => {
      const url = parseAddress(address);
      if (url && isSafeAddress(url) && !url.search && !url.hash) return [toRegion(region), url.href.replace(/\/$/, '')];
      throw new ServerOptionError(
        `Expected ${option}.${region} to be an https: address without query, fragment or user (http: on the loopback only).`,
      );
    }),
  );
}
