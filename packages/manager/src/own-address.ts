/** Addresses of the application's own server, as options give them: relative to the page, or whole. */
import { WorkerTokenError } from './errors.js';
import { globals } from './globals.js';
import { isSafeAddress, parseAddress } from './hosts.js';

/**
 * @param what For the message: `the proxy`.
 * @throws WorkerTokenError `invalid-request` for an address that is neither this origin's, nor `https:`, nor on this machine.
 */
export function ownAddress(url: string, what: string): string {
  const page = globals.document?.baseURI ?? globals.location?.href;
  const address = parseAddress(url, page);
  if (address && (isSafeAddress(address) || address.origin === globals.location?.origin)) return address.href;
  throw new WorkerTokenError(
    'invalid-request',
    `Expected https:, or an address of this page, for ${what}; got ${url}.`,
    {
      advice: 'Correct the address.',
    },
  );
}
