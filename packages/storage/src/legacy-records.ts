/**
 * Finds old credential records in web storage and tells ours from those of other applications. Reads, writes and removes single
 * records; decides nothing about when.
 */
import { StorageError } from './errors.js';
import { toLegacyCredentials, type LegacyShape } from './legacy-credentials.js';
import { isObject, parseSafeJson } from './safe-json.js';
import type { WorkerTokenCredentials } from './types/credentials.js';
import { readItem, type WebStorageArea, type WebStorageAreas } from './web-storage.js';
import { looksLikeCredentials, toWorkerTokenCredentials, unwrap } from './worker-token-credentials.js';

/** `nested`: a form state with the credentials under `credentials`. */
export type LegacyRecordShape = Extract<LegacyShape, 'camel' | 'snake'> | 'nested';

export interface LegacyRecord {
  key: string;
  area: WebStorageArea;
  /** As it is stored. */
  text: string;
  shape: LegacyRecordShape;
  credentials: WorkerTokenCredentials;
  /** Of a snake-case record, from `<key>_secret`; null: there is none. */
  secretText: string | null;
}

export type LegacyFinding = { kind: 'found'; record: LegacyRecord } | { kind: 'malformed'; reason: string };

/** Null where there is nothing, or something of another application. */
export function findLegacyRecord(areas: WebStorageAreas, key: string, area: WebStorageArea): LegacyFinding | null {
  const text = readItem(areas, area, key);
  if (text === null) return null;
  let value: unknown;
  try {
    value = parseSafeJson(text);
  } catch (error) {
    return { kind: 'malformed', reason: `The record is ${(error as Error).message}.` };
  }
  if (!isObject(value)) return null;
  const { inner } = unwrap(value);
  if (!looksLikeCredentials(inner)) return null;
  try {
    return { kind: 'found', record: toRecord(areas, key, area, text, value, inner) };
  } catch (error) {
    if (error instanceof StorageError) return { kind: 'malformed', reason: error.message };
    throw error;
  }
}

function toRecord(
  areas: WebStorageAreas,
  key: string,
  area: WebStorageArea,
  text: string,
  value: Record<string, unknown>,
  inner: Record<string, unknown>,
): LegacyRecord {
  const credentials = toWorkerTokenCredentials(value);
  const isSnake = 'environment_id' in inner || 'client_id' in inner;
  const shape = inner !== value ? 'nested' : isSnake ? 'snake' : 'camel';
  const secretText = isSnake ? readItem(areas, 'session', secretKey(key)) : null;
  const clientSecret = credentials.clientSecret || (secretText ?? '');
  return { key, area, text, shape, credentials: { ...credentials, clientSecret }, secretText };
}

/** Removes the record and its secret, unless somebody has changed it since it was read. True: it is gone. */
export function removeLegacyRecord(areas: WebStorageAreas, record: LegacyRecord): boolean {
  const { key, area, text, secretText } = record;
  if (readItem(areas, area, key) !== text) return false;
  // The secret first: were it left over, nobody would look for it again.
  if (secretText !== null) areas.session?.removeItem(secretKey(key));
  areas[area]?.removeItem(key);
  return readItem(areas, area, key) === null;
}

/** Writes credentials into a record as older code left it; fields around them stay. Returns the text written. */
export function writeLegacyRecord(
  areas: WebStorageAreas,
  record: Pick<LegacyRecord, 'key' | 'area' | 'shape'> & { text: string | null },
  credentials: WorkerTokenCredentials,
): string {
  const { key, area, shape, text } = record;
  const old = text === null ? null : parseSafeJson(text);
  const next = JSON.stringify(inShape(shape, credentials, isObject(old) ? old : {}));
  areas[area]?.setItem(key, next);
  if (shape === 'snake') areas.session?.setItem(secretKey(key), credentials.clientSecret);
  return next;
}

function inShape(
  shape: LegacyRecordShape,
  credentials: WorkerTokenCredentials,
  old: Record<string, unknown>,
): Record<string, unknown> {
  const { client_secret: _kept, ...snake } = toLegacyCredentials<Record<string, unknown>>(credentials, 'snake') ?? {};
  if (shape === 'snake') return snake;
  const camel = toLegacyCredentials<Record<string, unknown>>(credentials) ?? {};
  if (shape === 'camel') return camel;
  const { credentials: _old, ...outer } = old;
  const inner = Object.fromEntries(Object.entries(camel).filter(([name]) => !Object.hasOwn(outer, name)));
  return { ...outer, credentials: inner };
}

export function removeLegacyItem(areas: WebStorageAreas, key: string): boolean {
  let removed = false;
  for (const area of ['local', 'session'] as const) {
    if (readItem(areas, area, key) === null) continue;
    areas[area]?.removeItem(key);
    removed = true;
  }
  return removed;
}

export function secretKey(key: string): string {
  return `${key}_secret`;
}
