/** Worker credentials as they are held: what they still lack, and what stands for none. Pure. */
import type { WorkerTokenCredentials } from '@worker-token/storage';

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
