/** Describes what a flow stores: version, schema, migrations. Does not touch storage. */
import { InvalidFlowDefinitionError } from './errors.js';
import { flowKey } from './flow-key.js';
import type { FlowDefinition, FlowKey, StandardSchema } from './types/flow.js';

/** What `defineFlow` takes. */
export interface FlowDefinitionInput<T> {
  key: FlowKey | string;
  /** Schema version, an integer from 1. Default 1. */
  version?: number;
  /** Any Standard Schema; values are checked on save and on load. Default: any JSON value. */
  schema?: StandardSchema<T>;
  /** Names of the fields that must never be shown or exported. Default none. */
  secretFields?: readonly string[];
  /** `migrations[n]` turns a record of version n - 1 into one of version n; pure. */
  migrations?: Readonly<Record<number, (old: unknown) => unknown>>;
}

/**
 * Defines a flow once, so that every load and save of it agrees.
 *
 * @throws InvalidFlowKeyError for a bad or reserved key.
 * @throws InvalidFlowDefinitionError if the version is no positive integer or a migration is missing.
 */
export function defineFlow<T>(input: FlowDefinitionInput<T>): FlowDefinition<T> {
  const version = input.version ?? 1;
  const migrations = input.migrations ?? {};
  if (!Number.isSafeInteger(version) || version < 1) {
    throw new InvalidFlowDefinitionError(`Expected the version of flow "${input.key}" to be an integer from 1.`);
  }
  for (let step = 2; step <= version; step++) {
    if (typeof migrations[step] !== 'function') {
      throw new InvalidFlowDefinitionError(
        `Flow "${input.key}" is at version ${version} but has no migrations[${step}], which turns version ${step - 1} into ${step}.`,
      );
    }
  }
  return Object.freeze({
    key: flowKey(input.key),
    version,
    ...(input.schema ? { schema: input.schema } : {}),
    secretFields: Object.freeze([...(input.secretFields ?? [])]),
    migrations: Object.freeze({ ...migrations }),
  });
}
