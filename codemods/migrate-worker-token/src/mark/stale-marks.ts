/** Takes out an earlier run's comments where what they stand above is migrated now. */
import { diffArrays } from 'diff';
import type { FileChange } from '../types.js';
import { commentPlace } from './comment-place.js';
import { BY_HAND, MARK, marksAbove, offsetOf, programOf } from './marks.js';

/** A site as it was found: its file is absolute, its place in the text before the migration. */
export interface MarkedSite {
  file: string;
  line: number;
  column: number;
  isMigrated: boolean;
}

/** The changes without those comments. A statement with a site that is still left keeps its own. */
export function withoutStaleMarks(changes: readonly FileChange[], sites: readonly MarkedSite[]): FileChange[] {
  return changes.map((change) => {
    if (!change.before?.includes(MARK) || !change.after.includes(MARK)) return change;
    const stale = staleLines(
      change.path,
      change.before,
      sites.filter((site) => site.file === change.path),
    );
    return stale.size === 0 ? change : { ...change, after: withoutLines(change.before, change.after, stale) };
  });
}

/** Indexes of lines in the text before. */
function staleLines(path: string, before: string, sites: readonly MarkedSite[]): Set<number> {
  const program = programOf(path, before);
  if (!program) return new Set();
  const placesOf = (own: readonly MarkedSite[]) =>
    new Set(own.map(({ line, column }) => commentPlace(program, before, offsetOf(before, line, column))));
  const left = placesOf(sites.filter((site) => !site.isMigrated));
  const migrated = [...placesOf(sites.filter((site) => site.isMigrated))].filter((place) => !left.has(place));
  const lines = before.split('\n');
  const above = migrated.flatMap((place) => (place === null ? [] : marksAbove(before, place)));
  return new Set(above.filter((line) => !lines[line]?.includes(BY_HAND)));
}

/** The text after, without what is left of these lines in it. */
function withoutLines(before: string, after: string, stale: ReadonlySet<number>): string {
  let old = 0;
  const kept: string[] = [];
  for (const { added, removed, value } of diffArrays(before.split('\n'), after.split('\n'))) {
    for (const line of value) {
      if (!removed && (added || !stale.has(old))) kept.push(line);
      if (!added) old++;
    }
  }
  return kept.join('\n');
}
