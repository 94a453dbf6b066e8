/** Tries credentials out: one token is requested and thrown away. */
import type { Clock, WorkerTokenCredentials } from '@worker-token/storage';
import { missingFieldsOf, NO_CREDENTIALS } from './credentials.js';
import { isWorkerTokenError, WorkerTokenError } from './errors.js';
import type { Held } from './held.js';
import type { TokenRequester } from './request-token.js';
import type { TokenProbe } from './types/status.js';

export interface ProbeParts {
  held: Held;
  request: TokenRequester;
  /** @throws WorkerTokenError for what is malformed. */
  parse: (input: unknown) => WorkerTokenCredentials;
  clock: Clock;
  /** Aborts when the manager is disposed of. */
  disposed: AbortSignal;
}

/** @param input What to try; undefined: what is held. Never rejects: what is wrong stands in the result. */
export async function probe(input: unknown, parts: ProbeParts): Promise<TokenProbe> {
  const { held, request, parse, clock, disposed } = parts;
  try {
    const credentials = input === undefined ? savedIn(held) : parse(input);
    const missing = held.atServer ? [] : missingFieldsOf(credentials);
    if (held.atServer && input !== undefined) throw notHere();
    if (missing.length > 0) throw new WorkerTokenError('not-configured', `Missing: ${missing.join(', ')}.`);
    const token = await request({ credentials, fingerprint: '', forceRefresh: false }, disposed);
    return { ok: true, expiresIn: Math.max(0, Math.round((token.expiresAt - clock.now()) / 1000)) };
  } catch (error) {
    return { ok: false, error: isWorkerTokenError(error) ? error : new WorkerTokenError('server', 'The test failed.') };
  }
}

const savedIn = (held: Held) => (held.atServer ? NO_CREDENTIALS : (held.credentials ?? NO_CREDENTIALS));

function notHere(): WorkerTokenError {
  return new WorkerTokenError('invalid-request', 'The server has the credentials; others cannot be tried from here.', {
    advice: 'Call testCredentials() without any, or try them on the server.',
  });
}
