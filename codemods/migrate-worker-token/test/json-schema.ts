/** Checks a report against the schema we publish, and a SARIF log against the official one. */
import fs from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Schema = Record<string, unknown>;
const read = (name: string) => JSON.parse(fs.readFileSync(new URL(name, import.meta.url), 'utf8')) as Schema;

/** One line for each violation; empty when there is none. */
function checker(ajv: Ajv | Ajv2020, schema: Schema): (value: unknown) => string[] {
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

export const jsonViolations = checker(new Ajv2020({ allErrors: true }), read('../report.schema.json'));

// the official schema is written for an older draft; what it uses of that means the same in the later one
const { id: _id, $schema: _draft, ...sarif } = read('schemas/sarif-schema-2.1.0.json');
const ofSarif = checker(new Ajv({ allErrors: true, strict: false }), sarif);

export const sarifViolations = (log: string) => ofSarif(JSON.parse(log));
