/** Judges the planned changes for one unit: what was found before and after, and who is to blame for what is new. */
import type { Edit, FileChange } from '../types.js';
import { componentsBehind } from './attribute.js';
import { unitCheck, type CheckParts } from './check.js';
import type { Finding } from './findings.js';
import { regionsOf } from './regions.js';

export interface Blame {
  finding: Finding;
  components: string[];
}

/** Plain values: a verdict may come from another thread. */
export interface Verdict {
  before: Finding[];
  after: Finding[];
  /** One for each new finding. */
  blames: Blame[];
}

export interface Proposal {
  changes: readonly FileChange[];
  /** The edits in them. */
  edits: readonly Edit[];
}

export type Judge = (proposal: Proposal) => Verdict;

/** Null where the unit has nothing to do with the changed files. */
export function judgeOf(parts: CheckParts): Judge | null {
  const compare = unitCheck(parts);
  if (!compare) return null;
  const { ts } = parts.compiler;
  return ({ changes, edits }) => {
    const { before, after, fresh, program } = compare(changes);
    if (fresh.length === 0) return { before, after, blames: [] };
    const regions = regionsOf(changes, edits);
    const attribution = { ts, program, regions, changes };
    return {
      before,
      after,
      blames: fresh.map((finding) => ({ finding, components: componentsBehind(finding, attribution) })),
    };
  };
}
