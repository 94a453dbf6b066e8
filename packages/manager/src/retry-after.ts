/** Reads a `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date. */

/**
 * @param now Milliseconds since 1970; by the server's clock where it is known, for the date form.
 * @returns Milliseconds to wait, never negative; undefined when the header is missing or neither form.
 */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) || !/[a-z]/i.test(text) ? undefined : Math.max(0, date - now);
}
