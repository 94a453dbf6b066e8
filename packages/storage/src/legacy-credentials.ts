/** The way back: worker credentials in the shapes that older code expects. Pure. */
import { REGIONS } from './regions.js';
import type { WorkerTokenCredentials } from './types/credentials.js';

/**
 * `camel`: `{ environmentId, clientId, clientSecret, region, scopes: 'a b', authMethod }`. `form`: the same, with every text field of a
 * form there, '' where it is empty. `snake`: `{ environment_id, client_id, client_secret, scopes: ['a', 'b'], … }`.
 */
export type LegacyShape = 'camel' | 'form' | 'snake';

/**
 * The inverse of `toWorkerTokenCredentials`: region as `us|eu|ca|au|sg|ap`, scopes as text (camel, form) or as a list (snake), fields
 * under `extra` beside the others again. Null stays null. The type argument is the caller's word for the old shape; nothing checks it.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- old code is often untyped, and must go on compiling
export function toLegacyCredentials<T = any>(
  credentials: WorkerTokenCredentials | null,
  shape: LegacyShape = 'camel',
): T | null {
  if (!credentials) return null;
  return { ...credentials.extra, ...SHAPES[shape](credentials) } as T;
}

const SHAPES: Readonly<Record<LegacyShape, (credentials: WorkerTokenCredentials) => Record<string, unknown>>> = {
  camel: (credentials) => ({ ...toCamel(credentials), ...optional(credentials, 'tokenEndpoint', 'authHost') }),
  form: (credentials) => ({
    ...toCamel(credentials),
    tokenEndpoint: credentials.tokenEndpoint ?? '',
    authHost: credentials.authHost ?? '',
  }),
  snake: (credentials) => ({
    environment_id: credentials.environmentId,
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    has_client_secret: credentials.clientSecret !== '',
    region: REGIONS[credentials.region].legacyCode,
    scopes: [...(credentials.scopes ?? [])],
    auth_method: credentials.tokenEndpointAuthMethod,
    ...(credentials.tokenEndpoint ? { token_endpoint: credentials.tokenEndpoint } : {}),
    ...(credentials.authHost ? { auth_host: credentials.authHost } : {}),
  }),
};

function toCamel(credentials: WorkerTokenCredentials): Record<string, unknown> {
  return {
    environmentId: credentials.environmentId,
    clientId: credentials.clientId,
    clientSecret: credentials.clientSecret,
    region: REGIONS[credentials.region].legacyCode,
    scopes: (credentials.scopes ?? []).join(' '),
    authMethod: credentials.tokenEndpointAuthMethod,
  };
}

function optional(
  credentials: WorkerTokenCredentials,
  ...names: ('tokenEndpoint' | 'authHost')[]
): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (credentials[name] ? [[name, credentials[name]]] : [])));
}
