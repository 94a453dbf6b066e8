/** JSON that comes from storage is untrusted: parsed here, and refused where a key could reach a prototype. */

const FORBIDDEN: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Deeper values are refused, so that a planted one cannot exhaust the stack. */
const MAX_DEPTH = 64;

/** What was wrong, in words that hold no part of the value. */
export class UnsafeJsonError extends Error {}

/** @throws UnsafeJsonError for what is not JSON, is nested too deeply, or has a forbidden key. */
export function parseSafeJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The cause is left out: its message quotes the text.
    throw new UnsafeJsonError('not JSON');
  }
  assertSafe(value, 0);
  return value;
}

/** @throws UnsafeJsonError for what JSON cannot hold, or what `parseSafeJson` would refuse. */
export function stringifySafeJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    throw new UnsafeJsonError('not a JSON value (a cycle or a bigint)');
  }
  if (text === undefined) throw new UnsafeJsonError('not a JSON value');
  parseSafeJson(text);
  return text;
}

/** True for an object that is neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function assertSafe(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) throw new UnsafeJsonError(`nested deeper than ${MAX_DEPTH} levels`);
  // Keys alone: ten thousand records are listed at once.
  for (const key of Object.keys(value)) {
    if (FORBIDDEN.includes(key)) throw new UnsafeJsonError(`has the forbidden key "${key}"`);
    assertSafe((value as Record<string, unknown>)[key], depth + 1);
  }
}
