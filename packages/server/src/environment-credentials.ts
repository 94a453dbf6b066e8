/** Worker credentials from environment variables, the first four named as in Ping’s Terraform provider. Reads, and keeps nothing. */
import { StorageError, toWorkerTokenCredentials, type WorkerTokenCredentials } from '@worker-token/storage';
import { ServerEnvironmentError } from './errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const REQUIRED = {
  environmentId: 'PINGONE_ENVIRONMENT_ID',
  clientId: 'PINGONE_CLIENT_ID',
  clientSecret: 'PINGONE_CLIENT_SECRET',
} as const;

const OPTIONAL = {
  region: 'PINGONE_REGION',
  tokenEndpointAuthMethod: 'PINGONE_AUTH_METHOD',
  scopes: 'PINGONE_SCOPES',
  tokenEndpoint: 'PINGONE_TOKEN_ENDPOINT',
  authHost: 'PINGONE_AUTH_HOST',
} as const;

/**
 * Reads `PINGONE_ENVIRONMENT_ID`, `PINGONE_CLIENT_ID`, `PINGONE_CLIENT_SECRET`, and, where they are set, `PINGONE_REGION` (default NA),
 * `PINGONE_AUTH_METHOD` (default `client_secret_basic`), `PINGONE_SCOPES`, `PINGONE_TOKEN_ENDPOINT` and `PINGONE_AUTH_HOST`. The host of the
 * last two must also be in `allowedTokenHosts` of the manager.
 *
 * @param env Default: that of the process.
 * @throws ServerEnvironmentError if a required one is missing or one cannot be; it names variables and quotes none.
 * @example await manager.saveCredentials(credentialsFromEnvironment());
 */
export function credentialsFromEnvironment(env: Environment = processEnvironment()): WorkerTokenCredentials {
  const missing = Object.values(REQUIRED).filter((name) => !env[name]?.trim());
  if (missing.length > 0) {
    throw new ServerEnvironmentError(`Expected worker credentials in ${missing.join(', ')}; not set.`, missing);
  }
  const names = Object.entries({ ...REQUIRED, ...OPTIONAL });
  const set = names.flatMap(([field, name]) => (env[name]?.trim() ? [[field, env[name].trim()]] : []));
  try {
    return toWorkerTokenCredentials(Object.fromEntries(set));
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const wrong = error.code === 'unknown-region' ? OPTIONAL.region : OPTIONAL.tokenEndpointAuthMethod;
    throw new ServerEnvironmentError(`${wrong} cannot be used: ${error.message}`, [wrong]);
  }
}

/** Whether there is anything to read: a server may also be given its credentials by a form. */
export function hasEnvironmentCredentials(env: Environment = processEnvironment()): boolean {
  return Object.values(REQUIRED).every((name) => Boolean(env[name]?.trim()));
}

function processEnvironment(): Environment {
  return (globalThis as { process?: { env?: Environment } }).process?.env ?? {};
}
