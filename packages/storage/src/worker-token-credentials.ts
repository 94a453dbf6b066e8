/** Makes worker credentials of what forms and older records hold. Pure; does not say whether they are complete. */
import { AUTH_METHODS } from './auth-methods.js';
import { InvalidCredentialsError } from './errors.js';
import { deriveTokenEndpoint, toRegion } from './regions.js';
import { isObject } from './safe-json.js';
import type { TokenEndpointAuthMethod, WorkerTokenCredentials } from './types/credentials.js';

/** Names of one field in older records, the first that is there wins. */
const ALIASES = {
  environmentId: ['environmentId', 'environment_id'],
  clientId: ['clientId', 'client_id'],
  clientSecret: ['clientSecret', 'client_secret'],
  scopes: ['scopes', 'scope'],
  region: ['region'],
  method: [
    'tokenEndpointAuthMethod',
    'authMethod',
    'clientAuthMethod',
    'tokenAuthMethod',
    'token_endpoint_auth_method',
    'auth_method',
  ],
  tokenEndpoint: ['tokenEndpoint', 'token_endpoint'],
  authHost: ['authHost', 'auth_host'],
} as const;

/** Known, but not worth keeping: derived, or a token, which is never taken over. */
const DROPPED = ['has_client_secret', 'has_secret', 'token', 'accessToken', 'access_token'];
const KNOWN = new Set<string>([...Object.values(ALIASES).flat(), ...DROPPED, 'extra']);
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Normalises credentials in any known shape: camel case, a whole form state, with the credentials beside its other fields or under
 * `credentials`, or snake case. Scopes may be text or a list, the region a code or an alias (missing or empty: NA), the method under
 * any of its names and in any case (missing: `client_secret_basic`). Missing text becomes ''. A token endpoint that follows from the
 * other fields is dropped. Fields that are not known are kept under `extra`. What it returned, it returns again.
 *
 * @throws UnknownRegionError for a region that is none.
 * @throws InvalidCredentialsError for what is no object, or a field of the wrong type.
 */
export function toWorkerTokenCredentials(x: unknown): WorkerTokenCredentials {
  if (!isObject(x)) {
    throw new InvalidCredentialsError(
      `Expected credentials as an object, got ${Array.isArray(x) ? 'a list' : x === null ? 'null' : typeof x}.`,
    );
  }
  const { inner, outer } = unwrap(x);
  const base = {
    environmentId: text(inner, 'environmentId').trim(),
    clientId: text(inner, 'clientId').trim(),
    clientSecret: text(inner, 'clientSecret'),
    region: toRegion(first(inner, 'region')),
    tokenEndpointAuthMethod: toAuthMethod(first(inner, 'method')),
  };
  const scopes = toScopes(first(inner, 'scopes'));
  const authHost = toHost(text(inner, 'authHost'));
  const tokenEndpoint = text(inner, 'tokenEndpoint').trim();
  const derived = deriveTokenEndpoint({ ...base, authHost });
  const extra = toExtra(inner, outer);
  return {
    ...base,
    ...(scopes.length > 0 ? { scopes } : {}),
    ...(authHost ? { authHost } : {}),
    ...(tokenEndpoint && tokenEndpoint !== derived ? { tokenEndpoint } : {}),
    ...(extra ? { extra } : {}),
  };
}

/** The credentials inside a form state; `outer` is what surrounds them. */
export function unwrap(record: Record<string, unknown>): {
  inner: Record<string, unknown>;
  outer: Record<string, unknown>;
} {
  const { credentials, ...outer } = record;
  return isObject(credentials) && looksLikeCredentials(credentials)
    ? { inner: credentials, outer }
    : { inner: record, outer: {} };
}

/** It has an environment and one more field of the credentials, in whatever spelling. */
export function looksLikeCredentials(record: Record<string, unknown>): boolean {
  const has = (name: keyof typeof ALIASES) => ALIASES[name].some((alias) => Object.hasOwn(record, alias));
  return has('environmentId') && (has('clientId') || has('clientSecret') || has('region') || has('method'));
}

function first(record: Record<string, unknown>, name: keyof typeof ALIASES): unknown {
  for (const alias of ALIASES[name]) {
    const value = Object.hasOwn(record, alias) ? record[alias] : undefined;
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

function text(record: Record<string, unknown>, name: keyof typeof ALIASES): string {
  const value = first(record, name) ?? '';
  if (typeof value !== 'string')
    throw new InvalidCredentialsError(`Expected ${name} to be text, got ${typeof value}.`, name);
  return value;
}

function toScopes(value: unknown): string[] {
  if (value === undefined) return [];
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  if (!parts.every((part) => typeof part === 'string')) {
    throw new InvalidCredentialsError('Expected scopes to be text or a list of texts.', 'scopes');
  }
  return [...new Set(parts.flatMap((part) => part.split(/[\s,]+/)).filter(Boolean))];
}

function toAuthMethod(value: unknown): TokenEndpointAuthMethod {
  if (value === undefined) return 'client_secret_basic';
  const name = typeof value === 'string' ? value.trim().toLowerCase().replaceAll('-', '_') : '';
  const method = AUTH_METHODS.find((known) => known === name);
  if (method) return method;
  throw new InvalidCredentialsError(
    `Expected tokenEndpointAuthMethod to be one of ${AUTH_METHODS.join(', ')}.`,
    'tokenEndpointAuthMethod',
  );
}

/** `https://login.example.com/` → `login.example.com`. */
function toHost(value: string): string {
  return value
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '');
}

function toExtra(inner: Record<string, unknown>, outer: Record<string, unknown>): Record<string, unknown> | undefined {
  const kept = isObject(inner['extra']) ? inner['extra'] : {};
  const entries = [kept, outer, inner].flatMap((from) => Object.entries(from)).filter(([name]) => !KNOWN.has(name));
  const forbidden = entries.find(([name]) => FORBIDDEN.has(name));
  if (forbidden)
    throw new InvalidCredentialsError(`Credentials must not have a field "${forbidden[0]}".`, forbidden[0]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
