/** The format of an export: what a file says of itself, and what of an untrusted one is believed. Does not decrypt. */
import { isAllowedIterations } from './export-seal.js';
import { isSlotName } from './flow-key.js';
import { isObject, parseSafeJson, stringifySafeJson, UnsafeJsonError } from './safe-json.js';
import { isTransferable } from './transfer-context.js';
import type { ExportedRecord, ExportFile } from './types/transfer.js';

export const EXPORT_FORMAT = 'worker-token-export';
export const EXPORT_VERSION = 1;

/** Of the file as text. */
const MAX_CHARACTERS = 4_000_000;

/** Why a file or a record is refused; holds no part of a value. */
export class BadExportError extends Error {}

/** Bound to a sealed file, in this order. */
export function exportHeader({ format, version, exportedAt }: ExportFile): string {
  return JSON.stringify([format, version, exportedAt]);
}

/** @throws BadExportError for what is no export, is newer, or too large. */
export function readExportFile(file: unknown): ExportFile {
  const value = copyOf(file);
  if (!isObject(value) || value['format'] !== EXPORT_FORMAT)
    throw new BadExportError('It is no export of this storage.');
  const { version, exportedAt, records, sealed } = value;
  if (version !== EXPORT_VERSION) {
    throw new BadExportError(`Expected format version ${EXPORT_VERSION}. Update the application.`);
  }
  if (typeof exportedAt !== 'number' || (records === undefined) === (sealed === undefined)) {
    throw new BadExportError('It has neither records nor a sealed part, or has both.');
  }
  const head: ExportFile = { format: EXPORT_FORMAT, version, exportedAt };
  return sealed === undefined ? { ...head, records: readRecords(records) } : { ...head, sealed: readSealed(sealed) };
}

/** @throws BadExportError if one of them is not right. */
export function readRecords(value: unknown): ExportedRecord[] {
  if (!Array.isArray(value)) throw new BadExportError('Its records are no list.');
  const records = value.map(readRecord);
  if (new Set(records.map(({ key }) => key)).size < records.length) throw new BadExportError('It has a key twice.');
  return records;
}

/** The sealed part, opened. @throws BadExportError */
export function parseRecords(text: string): ExportedRecord[] {
  return readRecords(copyOf(text));
}

function readRecord(value: unknown, index: number): ExportedRecord {
  const bad = (what: string) => new BadExportError(`Its record ${index + 1} ${what}.`);
  if (!isObject(value)) throw bad('is no object');
  const { key, schemaVersion, savedAt, expiresAt, data, leftOut } = value;
  if (!isSlotName(key) || !isTransferable(key)) throw bad('has a key that no flow may have');
  if (!Number.isSafeInteger(schemaVersion) || (schemaVersion as number) < 1) throw bad('has no schema version');
  if (typeof savedAt !== 'number' || (expiresAt !== undefined && typeof expiresAt !== 'number'))
    throw bad('has a bad time');
  if (!Array.isArray(leftOut) || !leftOut.every((item) => typeof item === 'string'))
    throw bad('does not say what it lacks');
  if ((data === undefined || data === null) && leftOut.length === 0) throw bad('has no value');
  return {
    key,
    schemaVersion: schemaVersion as number,
    savedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(data === undefined || data === null ? {} : { data }),
    leftOut,
  };
}

function readSealed(value: unknown): NonNullable<ExportFile['sealed']> {
  const { kdf, iterations, salt, iv, data } = isObject(value) ? value : {};
  if (kdf !== 'PBKDF2-SHA-256' || !isAllowedIterations(iterations)) {
    throw new BadExportError('It is sealed in a way that is not known, or too weak.');
  }
  if (typeof salt !== 'string' || typeof iv !== 'string' || typeof data !== 'string') {
    throw new BadExportError('Its sealed part is incomplete.');
  }
  return { kdf, iterations, salt, iv, data };
}

/** Plain JSON that belongs to nobody else, without keys that could reach a prototype. */
function copyOf(file: unknown): unknown {
  try {
    const text = typeof file === 'string' ? file : stringifySafeJson(file);
    if (text.length > MAX_CHARACTERS) throw new BadExportError(`It is longer than ${MAX_CHARACTERS} characters.`);
    return parseSafeJson(text);
  } catch (error) {
    if (error instanceof UnsafeJsonError) throw new BadExportError(`It is ${error.message}.`);
    throw error;
  }
}
