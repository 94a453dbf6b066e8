// The written name of a property. Names that are computed are resolve.ts's.
import type { Node } from 'estree';

/** The written name of a property or class member; null when computed. */
export function keyOf(entry: { key: Node; computed?: boolean }): string | null {
  if (entry.key.type === 'Literal') return String(entry.key.value);
  return entry.key.type === 'Identifier' && !entry.computed ? entry.key.name : null;
}
