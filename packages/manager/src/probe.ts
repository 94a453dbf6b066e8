/** Tries credentials out: one token is requested and thrown away. */
import type { Clock, WorkerTokenCredentials } from '@worker-token/storage';
import { missingFieldsOf, parseCredentials } from './credentials.js';
import { isWorkerTokenError, WorkerTokenError } from './errors.js';
import type { TokenRequester } from './request-token.js';
import type { TokenProbe } from './types.js';

/** @param input What to try; undefined: `saved`. Never rejects: what is wrong stands in the result. */
export async function probe(
  input: unknown,
  saved: WorkerTokenCredentials | null,
  request: TokenRequester,
  clock: Clock,
  disposed: AbortSignal,
): Promise<TokenProbe> {
  try {
    const credentials = input === undefined ? saved : parseCredentials(input);
    const missing = missingFieldsOf(credentials);
    if (!credentials || missing.length > 0)
      throw new WorkerTokenError('not-configured', `Missing: ${missing.join(', ')}.`);
    const token = await request(credentials, '', disposed);
    return { ok: true, expiresIn: Math.max(0, Math.round((token.expiresAt - clock.now()) / 1000)) };
  } catch (error) {
    return { ok: false, error: isWorkerTokenError(error) ? error : new WorkerTokenError('server', 'The test failed.') };
  }
}
