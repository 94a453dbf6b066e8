/** What the scripts answer, read with care: clients differ in how they give numbers and nil. Pure. */

export interface Outcome {
  what: 'done' | 'conflict' | 'over';
  /** That was there; null: nothing was. */
  revision: number | null;
}

/** Of COMMIT, REMOVE and COMPARE_AND_SET. */
export function outcomeOf(reply: unknown): Outcome {
  const [what, revision] = asList(reply).map(asText);
  if (what !== 'done' && what !== 'conflict' && what !== 'over') throw new TypeError('Unexpected answer of a script.');
  return { what, revision: revision ? Number(revision) : null };
}

/** Of READ; null: there is nothing, or it has no time to live. */
export function valueOf(reply: unknown): { text: string; leftMs: number } | null {
  const [text, leftMs] = asList(reply);
  const left = Number(leftMs);
  return typeof text === 'string' && left > 0 ? { text, leftMs: left } : null;
}

/** Of READ_RECORDS. RESP3 maps come as objects, lists come in turn. */
export function pairsOf(reply: unknown): [string, string][] {
  if (reply instanceof Map) return [...reply].map(([field, value]) => [asText(field), asText(value)]);
  if (!Array.isArray(reply)) return Object.entries((reply ?? {}) as Record<string, string>);
  const flat = reply.map(asText);
  return flat.flatMap((field, i) => (i % 2 === 0 ? [[field, flat[i + 1] ?? ''] as [string, string]] : []));
}

function asList(reply: unknown): unknown[] {
  if (!Array.isArray(reply)) throw new TypeError('Unexpected answer of a script.');
  return reply as unknown[];
}

function asText(part: unknown): string {
  return typeof part === 'string' || typeof part === 'number' ? String(part) : '';
}
