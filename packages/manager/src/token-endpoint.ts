/** Which address gets the client secret, and whether it may. Checked before each request, since records can be planted. */
import type { WorkerTokenCredentials } from '@worker-token/storage';
import { deriveTokenEndpoint, REGIONS } from '@worker-token/storage/regions';
import { WorkerTokenError } from './errors.js';
import { isAllowedHost, isSafeAddress, parseAddress } from './hosts.js';

/**
 * @param allowedHosts Hosts besides the regions'; undefined: the request goes to a server of the application, which decides.
 * @throws WorkerTokenError `invalid-credentials` for an address that is not `https:` (this machine excepted) or whose host is
 *   not allowed.
 */
export function tokenEndpointOf(
  credentials: WorkerTokenCredentials,
  allowedHosts: readonly string[] | undefined,
): string {
  const endpoint = credentials.tokenEndpoint ?? deriveTokenEndpoint(credentials);
  if (allowedHosts === undefined) return endpoint;
  const url = parseAddress(endpoint);
  if (!url || !isSafeAddress(url)) {
    throw new WorkerTokenError(
      'invalid-credentials',
      'Expected the token endpoint to be an https: address without user or password.',
    );
  }
  const regional = Object.values(REGIONS).map((region) => region.authHost);
  if (!isAllowedHost(url, [...regional, ...allowedHosts])) {
    const what = `The token endpoint's host ${url.host} is not a PingOne region's; add it to allowedTokenHosts if it is yours.`;
    throw new WorkerTokenError('invalid-credentials', what);
  }
  return url.href;
}
