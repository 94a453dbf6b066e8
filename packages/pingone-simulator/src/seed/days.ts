/** Days as milliseconds, and moments that many days before another. */
export const DAY_MS = 86_400_000;

/** ISO 8601 with milliseconds, `days` (may be broken) before `nowMs`. */
export function isoBefore(nowMs: number, days: number): string {
  return new Date(nowMs - Math.round(days * DAY_MS)).toISOString();
}
