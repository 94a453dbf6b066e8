/** Worker credentials as they come from callers: normalised, and checked for form. Pure. */
import type { WorkerTokenCredentials } from '@worker-token/storage';
import { StorageError, toWorkerTokenCredentials } from '@worker-token/storage/essentials';
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
