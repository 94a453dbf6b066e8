/**
 * `@worker-token/manager/grant`: the client-credentials grant (RFC 6749, section 4.4), straight to the token endpoint, by
 * oauth4webapi. One attempt; retries, deadline and the check of the address are the manager's.
 */
import {
  allowInsecureRequests,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
} from 'oauth4webapi';
import { readAnswer, tokenResponseOf } from './answer.js';
import { clientAuthenticationOf, serverOf } from './client-authentication.js';
import { WorkerTokenError } from './errors.js';
import { isLoopback } from './hosts.js';
import type { TokenRequest, TokenResponse, TokenSource } from './types/token-source.js';

/** The same as `directGrant()` of the main entry, with the grant loaded at once and not on first use. */
export function directGrant(): TokenSource {
  return requestToken;
}

/**
 * Asks once. `expires_in` is given back as it came: the manager normalises it.
 *
 * @throws WorkerTokenError for every answer that is not a token.
 * @throws TypeError when the network fails, as `fetch` does.
 */
export async function requestToken(request: TokenRequest): Promise<TokenResponse> {
  const answer = await readAnswer(await ask(request));
  const token = tokenResponseOf(answer, 'The token endpoint', request.clock.now());
  await validate(token, request);
  return token;
}

async function ask({ credentials, tokenEndpoint, signal, fetch }: TokenRequest): Promise<Response> {
  const scope = credentials.scopes?.join(' ');
  return clientCredentialsGrantRequest(
    serverOf(credentials, tokenEndpoint),
    { client_id: credentials.clientId },
    await clientAuthenticationOf(credentials),
    scope ? { scope } : {},
    {
      signal,
      [customFetch]: (url, init) => fetch(url, init),
      [allowInsecureRequests]: isLoopback(new URL(tokenEndpoint).hostname),
    },
  );
}

/** oauth4webapi's own checks; it would refuse odd `expires_in` values, which are ours to normalise. */
async function validate({ access_token, token_type, scope }: TokenResponse, request: TokenRequest): Promise<void> {
  const body = JSON.stringify({ access_token, token_type, scope });
  const response = new Response(body, { headers: { 'content-type': 'application/json' } });
  const client = { client_id: request.credentials.clientId };
  await processClientCredentialsResponse(serverOf(request.credentials, request.tokenEndpoint), client, response).catch(
    () => {
      throw new WorkerTokenError(
        'malformed-response',
        'The token endpoint answered with something that is not a token response.',
      );
    },
  );
}
