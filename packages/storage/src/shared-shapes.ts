/** What the two reserved records hold. Stored values are untrusted: known fields are checked and copied, the rest is left out. */
import { AUTH_METHODS } from './auth-methods.js';
import { InvalidCredentialsError } from './errors.js';
import { CREDENTIALS_SLOT, TOKEN_SLOT } from './flow-key.js';
import type { RecordShape } from './record-shape.js';
import { isRegion } from './region-codes.js';
import { isObject } from './safe-json.js';
import type { StoredToken, WorkerTokenCredentials } from './types/credentials.js';

export const credentialsShape: RecordShape<WorkerTokenCredentials> = {
  slot: CREDENTIALS_SLOT,
  version: 1,
  migrations: {},
  // Nobody knows what is under `extra`.
  secretFields: ['clientSecret', 'extra'],
  check(value) {
    const record = objectOf(value, 'worker credentials');
    const { scopes, region, tokenEndpointAuthMethod: method, tokenEndpoint, authHost, extra } = record;
    if (!isRegion(region)) throw wrong('region');
    const known = AUTH_METHODS.find((name) => name === method);
    if (!known) throw wrong('tokenEndpointAuthMethod');
    if (scopes !== undefined && !isTexts(scopes)) throw wrong('scopes');
    if (extra !== undefined && !isObject(extra)) throw wrong('extra');
    return {
      environmentId: textOf(record, 'environmentId'),
      clientId: textOf(record, 'clientId'),
      clientSecret: textOf(record, 'clientSecret'),
      ...(scopes ? { scopes: [...scopes] } : {}),
      region,
      tokenEndpointAuthMethod: known,
      ...(tokenEndpoint === undefined ? {} : { tokenEndpoint: textOf(record, 'tokenEndpoint') }),
      ...(authHost === undefined ? {} : { authHost: textOf(record, 'authHost') }),
      ...(extra ? { extra: { ...extra } } : {}),
    };
  },
};

export const tokenShape: RecordShape<StoredToken> = {
  slot: TOKEN_SLOT,
  version: 1,
  migrations: {},
  check(value) {
    const record = objectOf(value, 'worker token');
    return {
      accessToken: textOf(record, 'accessToken'),
      tokenType: textOf(record, 'tokenType'),
      expiresAt: timeOf(record, 'expiresAt'),
      obtainedAt: timeOf(record, 'obtainedAt'),
      fingerprint: textOf(record, 'fingerprint'),
      ...(record['scope'] === undefined ? {} : { scope: textOf(record, 'scope') }),
    };
  },
};

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new InvalidCredentialsError(`Expected the ${what} to be an object.`);
}

function textOf(record: Record<string, unknown>, field: string): string {
  const value = record[field];
  if (typeof value !== 'string') throw wrong(field);
  return value;
}

function timeOf(record: Record<string, unknown>, field: string): number {
  const value = record[field];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(field);
  return value;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function wrong(field: string): InvalidCredentialsError {
  return new InvalidCredentialsError(`The field ${field} is missing or of the wrong type.`, field);
}
