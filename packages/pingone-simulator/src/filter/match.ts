/**
 * Whether a resource matches a filter. Text is compared without regard to case, as SCIM does for most attributes; moments as moments.
 */
import type { Comparison, Filter, FilterValue } from './ast.js';

export function matches(filter: Filter, resource: object): boolean {
  if (filter.kind !== 'comparison') {
    const left = matches(filter.left, resource);
    if (filter.kind === 'and') return left && matches(filter.right, resource);
    return left || matches(filter.right, resource);
  }
  return valuesAt(resource, filter.attribute.toLowerCase().split('.')).some((actual) => holds(actual, filter));
}

/** All values under a path; lists are walked through, names are found in any case. */
function valuesAt(resource: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(resource)) return resource.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return [resource];
  if (typeof resource !== 'object' || resource === null) return [];
  const entry = Object.entries(resource).find(([key]) => key.toLowerCase() === name);
  return entry ? valuesAt(entry[1], rest) : [];
}

function holds(actual: unknown, { operator, value }: Comparison): boolean {
  if (Array.isArray(value)) return value.some((one) => same(actual, one));
  if (operator === 'eq') return same(actual, value);
  if (operator === 'sw') return String(actual).toLowerCase().startsWith(String(value).toLowerCase());
  const difference = Date.parse(String(actual)) - Date.parse(String(value));
  if (operator === 'gt') return difference > 0;
  if (operator === 'ge') return difference >= 0;
  if (operator === 'lt') return difference < 0;
  return operator === 'le' && difference <= 0;
}

function same(actual: unknown, value: FilterValue): boolean {
  return typeof actual === 'string' && typeof value === 'string'
    ? actual.toLowerCase() === value.toLowerCase()
    : actual === value;
}
