/** Where a file's text was changed, and by which components: the bridge from a place in the new text to the edits. */
import { diffArrays } from 'diff';
import type { Edit, FileChange } from '../types.js';

export interface Region {
  /** Offsets in the new text. */
  start: number;
  end: number;
  components: string[];
}

export type Regions = ReadonlyMap<string, readonly Region[]>;

/** @param edits Those that stand. */
export function regionsOf(changes: readonly FileChange[], edits: readonly Edit[]): Regions {
  return new Map(
    changes.map((change) => [
      change.path,
      regionsOfFile(
        change,
        edits.filter((e) => e.file === change.path),
      ),
    ]),
  );
}

function regionsOfFile(change: FileChange, edits: Edit[]): Region[] {
  if (change.before === null) return [{ start: 0, end: change.after.length, components: change.components }];
  const regions: Region[] = [];
  let old = 0;
  let now = 0;
  let open: { old: number; now: number } | null = null;
  const close = () => {
    if (!open) return;
    const from = open;
    const components = edits.filter((edit) => edit.start <= old && edit.end >= from.old).map((edit) => edit.component);
    regions.push({ start: from.now, end: now, components: [...new Set(components)] });
    open = null;
  };
  for (const part of diffArrays(lines(change.before), lines(change.after))) {
    const length = part.value.reduce((sum, line) => sum + line.length, 0);
    if (!part.added && !part.removed) {
      close();
      old += length;
      now += length;
      continue;
    }
    open ??= { old, now };
    if (part.removed) old += length;
    else now += length;
  }
  close();
  return regions;
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
