/**
 * What PingOne demands of a filter for audit activities: a range of dates, and at most one more thing.
 */
import { comparisonsOf, type Comparison, type Filter } from '../filter/ast.js';
import type { SimulatorQuirks } from '../types.js';
import { ACTIVITY_RULES, invalidFilter, readFilter } from '../filter/rules.js';

/** @throws PlatformError 400 `INVALID_FILTER` */
export function readActivityFilter(text: string, range: SimulatorQuirks['activityRange']): Filter {
  if (text === '') throw invalidFilter('A filter with a range of dates on recordedAt is required.');
  const filter = readFilter(text, ACTIVITY_RULES);
  const comparisons = comparisonsOf(filter);
  const dates = comparisons.filter(isDate);
  for (const { value } of dates) checkDate(value);
  const bounds = new Set(dates.map(({ operator }) => operator[0]));
  if (!bounds.has('g') || (range === 'closed' && !bounds.has('l'))) {
    throw invalidFilter('The filter must hold a range of dates on recordedAt or createdAt, such as recordedAt ge "…".');
  }
  const topics = new Set(comparisons.filter((one) => !isDate(one)).map(topicOf));
  if (topics.size > 1) throw invalidFilter('The filter may name only one of actor, action, resource and correlation.');
  return filter;
}

function isDate({ attribute }: Comparison): boolean {
  return /^(recorded|created)at$/i.test(attribute);
}

/** An actor may come with its population; every other pair is too much. */
function topicOf({ attribute }: Comparison): string {
  return (attribute.split('.', 1)[0] ?? '').toLowerCase();
}

function checkDate(value: Comparison['value']): void {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) {
    throw invalidFilter('The dates of the filter must be quoted and in ISO 8601, such as "2026-03-04T05:06:07.089Z".');
  }
}
