/**
 * The items of a collection that match the text of a filter; all of them when there is none.
 */
import { matches } from './match.js';
import { readFilter, type FilterRules } from './rules.js';

/** @throws PlatformError 400 `INVALID_FILTER` */
export function filtered<T extends object>(items: readonly T[], text: string, rules: FilterRules): readonly T[] {
  if (text === '') return items;
  const filter = readFilter(text, rules);
  return items.filter((item) => matches(filter, item));
}
