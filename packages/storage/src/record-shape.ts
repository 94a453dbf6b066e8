/** What a slot holds: its schema version, how old values are migrated, and what a valid value is. Pure but for the schema given. */
import { InvalidCredentialsError, NewerSchemaError } from './errors.js';
import { physicalKey } from './flow-key.js';
import { parseSafeJson, stringifySafeJson, UnsafeJsonError } from './safe-json.js';
import type { RawRecord } from './slot-reader.js';
import type { FlowDefinition, FlowKey } from './types/flow.js';
import type { LoadResult, RecordProblem } from './types/record.js';

export interface RecordShape<T> {
  readonly slot: string;
  readonly version: number;
  readonly migrations: Readonly<Record<number, (old: unknown) => unknown>>;
  /** Names of fields that never leave unsealed; undefined: nobody said which those are. */
  readonly secretFields?: readonly string[];
  /** Resolves with the value, only known fields where that is defined. @throws InvalidCredentialsError */
  check(value: unknown): T | Promise<T>;
}

/** Any JSON value, of this version and no other. */
export function anyValue(slot: string, version: number): RecordShape<unknown> {
  return { slot, version, migrations: {}, check: (value) => value };
}

/** A bare key is a flow at version 1 with any JSON value. */
export function shapeOfFlow<T>(flow: FlowKey | FlowDefinition<T>): RecordShape<T> {
  if (typeof flow === 'string') return { slot: flow, version: 1, migrations: {}, check: (value) => value as T };
  const { key, version, migrations, schema, secretFields } = flow;
  return {
    slot: key,
    version,
    migrations,
    secretFields,
    async check(value) {
      if (!schema) return value as T;
      const result = await schema['~standard'].validate(value);
      if (!result.issues) return result.value;
      // A schema's messages may quote the value: only their number is told.
      throw new InvalidCredentialsError(
        `The value of flow "${key}" does not match its schema (${result.issues.length} issues).`,
      );
    },
  };
}

/** @throws InvalidCredentialsError for what the shape refuses, or JSON cannot hold. */
export async function writeValue<T>(shape: RecordShape<T>, data: T): Promise<string> {
  if (data === null || data === undefined) {
    throw new InvalidCredentialsError(
      `Expected a value for "${shape.slot}", got ${data === null ? 'null' : 'undefined'}. To remove it, clear it.`,
    );
  }
  const checked = await shape.check(data);
  try {
    return stringifySafeJson(checked);
  } catch (error) {
    if (!(error instanceof UnsafeJsonError)) throw error;
    throw new InvalidCredentialsError(`The value for "${shape.slot}" cannot be stored: ${error.message}.`);
  }
}

/**
 * Makes of a raw record what the caller gets. Damage is a problem in the result, never an exception.
 *
 * @throws NewerSchemaError if a newer version of the application wrote it.
 */
export async function readValue<T>(shape: RecordShape<T>, raw: RawRecord): Promise<LoadResult<T>> {
  const { revision, source, header, json } = raw;
  const empty: LoadResult<T> = { data: null, source, revision, savedAt: null };
  if (raw.problem) return { ...empty, problem: raw.problem };
  if (json === null || !header) return empty;
  if (header.schemaVersion > shape.version) {
    throw new NewerSchemaError(physicalKey(shape.slot), shape.version, header.schemaVersion);
  }
  const found = { ...empty, savedAt: header.savedAt };
  try {
    return { ...found, data: await shape.check(migrate(shape, parseSafeJson(json), header.schemaVersion)) };
  } catch (error) {
    return { ...found, problem: asProblem(shape.slot, error, json.length) };
  }
}

function migrate(shape: RecordShape<unknown>, value: unknown, from: number): unknown {
  let migrated = value;
  for (let version = from + 1; version <= shape.version; version++) migrated = shape.migrations[version]?.(migrated);
  return migrated;
}

function asProblem(slot: string, error: unknown, bytes: number): RecordProblem {
  const message =
    error instanceof InvalidCredentialsError
      ? error.message
      : `The value of "${slot}" could not be migrated or checked.`;
  return { kind: 'corrupt', message, bytes };
}
