/** Worker credentials as they come from callers: normalised, checked for form, and what they still lack. Pure. */
import { toWorkerTokenCredentials, type WorkerTokenCredentials } from '@worker-token/storage';
import { WorkerTokenError } from './errors.js';
import { isSafeAddress } from './hosts.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const HOST = /^[a-z0-9.-]+(?::\d{1,5})?$/i;

/**
 * Takes every shape that `toWorkerTokenCredentials` knows. Fields may be empty, but not malformed.
 *
 * @throws WorkerTokenError `invalid-credentials`.
 */
export function parseCredentials(input: unknown): WorkerTokenCredentials {
  const credentials = normalised(input);
  const { environmentId, tokenEndpoint, authHost } = credentials;
  if (environmentId && !UUID.test(environmentId)) throw invalid('Expected environmentId to be a UUID.');
  if (tokenEndpoint && !(URL.canParse(tokenEndpoint) && isSafeAddress(new URL(tokenEndpoint)))) {
    throw invalid('Expected tokenEndpoint to be an https: address.');
  }
  if (authHost && !HOST.test(authHost)) throw invalid('Expected authHost to be a host, such as login.example.com.');
  return credentials;
}

/** Names of the fields that are still empty; an own token endpoint needs no environment. */
export function missingFieldsOf(credentials: WorkerTokenCredentials | null): string[] {
  const missing = (['environmentId', 'clientId', 'clientSecret'] as const).filter((field) => !credentials?.[field]);
  return credentials?.tokenEndpoint ? missing.filter((field) => field !== 'environmentId') : missing;
}

/** A copy that its owner may change. */
export function copyOf(credentials: WorkerTokenCredentials): WorkerTokenCredentials {
  return structuredClone(credentials);
}

function normalised(input: unknown): WorkerTokenCredentials {
  try {
    return toWorkerTokenCredentials(input);
  } catch (error) {
    // Storage's messages name fields, never values.
    throw invalid(error instanceof Error ? error.message : 'The credentials could not be read.');
  }
}

function invalid(what: string): WorkerTokenError {
  return new WorkerTokenError('invalid-credentials', what);
}
