/**
 * A parsed filter. Everything else of this folder works on it.
 */
export type FilterValue = string | number | boolean;

export interface Comparison {
  kind: 'comparison';
  /** As written, without the bracket form: `memberOfGroups[id eq "x"]` is `memberOfGroups.id`. */
  attribute: string;
  /** Lower case. */
  operator: string;
  value: FilterValue | FilterValue[];
}

export type Filter = Comparison | { kind: 'and' | 'or'; left: Filter; right: Filter };

/** Every comparison of a filter, from left to right. */
export function comparisonsOf(filter: Filter): Comparison[] {
  return filter.kind === 'comparison' ? [filter] : [...comparisonsOf(filter.left), ...comparisonsOf(filter.right)];
}

export function usesOr(filter: Filter): boolean {
  if (filter.kind === 'comparison') return false;
  return filter.kind === 'or' || usesOr(filter.left) || usesOr(filter.right);
}
