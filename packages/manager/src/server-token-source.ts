/**
 * Tokens from a route of the application's own server, got with the *server's* credentials: `createWorkerTokenRoute` of
 * `@worker-token/server`. Nothing is configured in this browser, and no secret is ever in it.
 */
import { type AnswerRules, readAnswer, tokenResponseOf } from './answer.js';
import { ownAddress } from './own-address.js';
import type { TokenSource } from './types/token-source.js';

/**
 * With it `getStatus().hasCredentials` is `'server'`, and nothing is ever `not-configured`. Credentials that are saved here all the
 * same are kept, and not used.
 *
 * Asks by `POST` with the header `X-Requested-With: worker-token`, which no form of another site can send, and with this page's cookies; the
 * body is `{}`, or `{ "forceRefresh": true }`.
 *
 * @param url Absolute, or relative to the page.
 * @throws WorkerTokenError `invalid-request`, at the first request, for an address that is neither this origin's, nor `https:`, nor
 *   on this machine; `unauthorized-client` when the server refuses this page a token.
 */
export function serverTokenSource(url: string): TokenSource {
  const source: TokenSource = async ({ fetch, signal, clock, forceRefresh }) => {
    const response = await fetch(ownAddress(url, 'the token route'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-Requested-With': 'worker-token' },
      body: JSON.stringify(forceRefresh ? { forceRefresh } : {}),
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    });
    return tokenResponseOf(await readAnswer(response), `The token route ${url}`, clock.now(), OF_A_ROUTE);
  };
  return Object.assign(source, { viaServer: true as const, serverCredentials: url });
}

/** What a token endpoint would say of a client, the route says of whoever uses this page. */
const OF_A_ROUTE: AnswerRules = {
  kindOf: (status) => (status === 401 || status === 403 ? 'unauthorized-client' : 'invalid-request'),
  adviceFor: (status) =>
    status === 401 || status === 403
      ? 'Log in again, or ask for access to the worker token.'
      : 'See the log of the server; check the address of the route.',
};
