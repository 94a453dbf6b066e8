/**
 * What a route answers when the manager has no token to give. The server's own credentials are at fault, never those of whoever asks:
 * no 400, 401 or 403 of PingOne's token endpoint is passed on as one.
 */
import { isWorkerTokenError, type WorkerTokenError, type WorkerTokenErrorKind } from '@worker-token/manager';
import type { Logger } from '@worker-token/storage';
import { Refusal, retryAfter } from './refusal.js';

type Answer = readonly [status: number, error: string, message: string];

const BAD_GATEWAY = 'PingOne gave this server no token. See the log of the server.';
const ANSWERS: Record<WorkerTokenErrorKind, Answer> = {
  'not-configured': [503, 'not_configured', 'This server has no worker credentials yet.'],
  'invalid-credentials': [503, 'not_configured', 'The worker credentials of this server are not usable.'],
  storage: [503, 'temporarily_unavailable', 'This server cannot read its worker credentials.'],
  aborted: [503, 'temporarily_unavailable', 'This server is being stopped.'],
  timeout: [503, 'temporarily_unavailable', 'PingOne did not answer in time. Try again later.'],
  'rate-limited': [429, 'rate_limited', 'PingOne is asked too often. Wait, then try again.'],
  'cors-or-network': [502, 'bad_gateway', 'PingOne cannot be reached from this server.'],
  server: [502, 'bad_gateway', 'PingOne has a problem. Try again later.'],
  'malformed-response': [502, 'bad_gateway', BAD_GATEWAY],
  'invalid-client': [502, 'bad_gateway', BAD_GATEWAY],
  'unauthorized-client': [502, 'bad_gateway', BAD_GATEWAY],
  'invalid-request': [502, 'bad_gateway', BAD_GATEWAY],
  'environment-not-found': [502, 'bad_gateway', BAD_GATEWAY],
};

/** Runs what asks the manager. @throws Refusal for each of its errors; everything else as it came. */
export async function askingManager<T>(name: string, logger: Logger | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isWorkerTokenError(error)) throw error;
    // The manager has taken secrets and tokens out of its messages.
    logger?.warn(`${name}: ${error.kind}. ${error.message}`);
    throw refusalOf(error);
  }
}

function refusalOf({ kind, correlationId, retryAfterMs }: WorkerTokenError): Refusal {
  const [status, error, message] = ANSWERS[kind] ?? ANSWERS['malformed-response'];
  return new Refusal(status, error, message, {
    correlationId,
    headers: retryAfterMs === undefined ? {} : retryAfter(retryAfterMs),
  });
}
