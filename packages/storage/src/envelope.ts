/**
 * The envelope around every stored value, as pure functions: text in, envelope or problem out. It does not encrypt, does not
 * know tiers, and never throws on what it reads.
 */
import { checksum } from './checksum.js';
import { isObject, parseSafeJson, UnsafeJsonError } from './safe-json.js';
import type { RecordProblem } from './types/record.js';

/** The format this version writes. Every released format stays readable. */
export const FORMAT_VERSION = 1;

/** One record. The names are short because they are stored. */
export interface Envelope {
  /** Format version. */
  v: number;
  /** The slot it belongs to, so that a record copied elsewhere is found out. */
  k: string;
  /** Revision of the slot. */
  rev: number;
  /** Name of this write; its last eight digits are a checksum over all the other fields. */
  id: string;
  /** When it was saved, in milliseconds since 1970. */
  t: number;
  /** When it expires, in milliseconds since 1970. */
  exp?: number;
  /** Schema version of the payload. */
  s: number;
  /** Cipher and key that sealed the payload; absent: plain. */
  alg?: string;
  iv?: string;
  /** The payload: JSON, or what the cipher made of it. */
  d: string;
}

export type DecodedEnvelope = { envelope: Envelope; problem?: undefined } | { problem: RecordProblem };

/** Writes an envelope down. `id` is given without its checksum. */
export function encodeEnvelope(fields: Envelope): string {
  return JSON.stringify({ ...fields, id: `${fields.id}-${checksum(canonical(fields))}` });
}

/** Reads what `encodeEnvelope` wrote for `slot` at `revision`; anything else is a problem. */
export function decodeEnvelope(text: string, slot: string, revision: number): DecodedEnvelope {
  return decode(text, slot, revision, isWhole);
}

/**
 * The same without the checksum, for lists of very many records: name, revision and shape are right, and nobody has looked whether a digit
 * of a time or of the payload was damaged. A load does.
 */
export function decodeHead(text: string, slot: string, revision: number): DecodedEnvelope {
  return decode(text, slot, revision, () => true);
}

function decode(
  text: string,
  slot: string,
  revision: number,
  accepts: (envelope: Envelope, id: string) => boolean,
): DecodedEnvelope {
  const problem = (kind: RecordProblem['kind'], message: string) => ({
    problem: { kind, message, bytes: text.length },
  });
  let value: unknown;
  try {
    value = parseSafeJson(text);
  } catch (error) {
    return problem(
      'corrupt',
      `The record of "${slot}" is ${error instanceof UnsafeJsonError ? error.message : 'unreadable'}.`,
    );
  }
  if (isObject(value) && Number.isSafeInteger(value['v']) && (value['v'] as number) > FORMAT_VERSION) {
    return problem(
      'newer-format',
      `The record of "${slot}" has a newer format than ${FORMAT_VERSION}. Update the application.`,
    );
  }
  const envelope = readFields(value, accepts);
  if (!envelope) return problem('corrupt', `The record of "${slot}" is no envelope or was damaged.`);
  if (envelope.k !== slot) return problem('wrong-slot', `The record found under "${slot}" belongs to another slot.`);
  if (envelope.rev !== revision) return problem('corrupt', `The record of "${slot}" does not match its revision.`);
  return { envelope };
}

/** Copies the known fields if all of them are right and the envelope is accepted under its stored id. */
function readFields(value: unknown, accepts: (envelope: Envelope, id: string) => boolean): Envelope | null {
  if (!isObject(value)) return null;
  const { v, k, rev, id, t, exp, s, alg, iv, d } = value;
  if (v !== FORMAT_VERSION || typeof k !== 'string' || typeof id !== 'string' || typeof d !== 'string') return null;
  if (!isCount(rev) || !isCount(s) || typeof t !== 'number') return null;
  if (exp !== undefined && typeof exp !== 'number') return null;
  if (!isOptionalString(alg) || !isOptionalString(iv)) return null;
  const envelope: Envelope = { v, k, rev, id: id.slice(0, -9), t, s, d };
  if (exp !== undefined) envelope.exp = exp;
  if (alg !== undefined) envelope.alg = alg;
  if (iv !== undefined) envelope.iv = iv;
  return accepts(envelope, id) ? envelope : null;
}

function isWhole(envelope: Envelope, id: string): boolean {
  return id.slice(-9) === `-${checksum(canonical(envelope))}`;
}

function canonical({ v, k, rev, id, t, exp, s, alg, iv, d }: Envelope): string {
  return JSON.stringify([v, k, rev, id, t, exp ?? null, s, alg ?? null, iv ?? null, d]);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function isOptionalString(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
