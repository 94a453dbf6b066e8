/** Worker credentials as they come from callers: normalised, checked for form, and what they still lack. Pure. */
import { StorageError, toWorkerTokenCredentials, type WorkerTokenCredentials } from '@worker-token/storage';
import { WorkerTokenError } from './errors.js';
import { isSafeAddress, parseAddress } from './hosts.js';

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
  const address = tokenEndpoint ? parseAddress(tokenEndpoint) : undefined;
  if (tokenEndpoint && !(address && isSafeAddress(address))) {
    throw invalid('Expected tokenEndpoint to be an https: address.');
  }
  if (authHost && !HOST.test(authHost)) throw invalid('Expected authHost to be a host, such as login.example.com.');
  return credentials;
}

/** Where the server has the credentials. */
export const NO_CREDENTIALS: WorkerTokenCredentials = Object.freeze({
  environmentId: '',
  clientId: '',
  clientSecret: '',
  region: 'NA',
  tokenEndpointAuthMethod: 'client_secret_basic',
});

/** Names of the fields that are still empty; an own token endpoint needs no environment. */
export function missingFieldsOf(credentials: WorkerTokenCredentials | null): string[] {
  const missing = (['environmentId', 'clientId', 'clientSecret'] as const).filter((field) => !credentials?.[field]);
  return credentials?.tokenEndpoint ? missing.filter((field) => field !== 'environmentId') : missing;
}

/** A copy that its owner may change. */
export function copyOf(credentials: WorkerTokenCredentials): WorkerTokenCredentials {
  return JSON.parse(JSON.stringify(credentials)) as WorkerTokenCredentials;
}

function normalised(input: unknown): WorkerTokenCredentials {
  try {
    const credentials = toWorkerTokenCredentials(input);
    // As it will come back from storage: form states hold functions and more.
    return credentials.extra ? { ...credentials, extra: asJson(credentials.extra) } : credentials;
  } catch (error) {
    // Storage's messages name fields, never values; those of others might not.
    throw invalid(error instanceof StorageError ? error.message : 'Expected fields that can be written as JSON.');
  }
}

function asJson(extra: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(extra)) as Record<string, unknown>;
}

function invalid(what: string): WorkerTokenError {
  return new WorkerTokenError('invalid-credentials', what);
}
