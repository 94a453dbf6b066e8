/** Third stage: the plan's edits as new file contents. Pure: it reads through `read` and writes nothing. */
import type { Edit, FileChange, Plan } from '../types.js';
import { renderSetup } from '../setup-module/render-setup.js';
import { addImports } from './add-imports.js';
import { applyEdits } from './apply-edits.js';
import { withoutNewGaps } from './blank-lines.js';
import { removeDeadCode } from './dead-code.js';

/** Other files (a page) get their spans and nothing else. */
const SCRIPT = /\.[cm]?[jt]sx?$/;
/** Components that only serve the others: without another edit they are not applied. */
const AUXILIARY = new Set(['gate', 'setup']);

export function rewrite(
  plan: Plan,
  read: (path: string) => string,
  excludedComponents: ReadonlySet<string> = new Set(),
): FileChange[] {
  const wanted = plan.edits.filter((edit) => !excludedComponents.has(edit.component));
  if (!wanted.some((edit) => !AUXILIARY.has(edit.component))) return [];
  const changes = [...byFile(wanted)].map(([path, edits]) => changeOf(plan, path, read(path), edits));
  const created = plan.creates
    .filter((create) => !excludedComponents.has(create.component))
    .map((create) => {
      const setup = plan.setups?.find((candidate) => candidate.path === create.path);
      const after = setup ? renderSetup(setup, excludedComponents) : create.text;
      return { path: create.path, before: null, after, components: [create.component] };
    });
  return [...changes.filter((change) => change.after !== change.before), ...created];
}

function byFile(edits: Edit[]): Map<string, Edit[]> {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  return files;
}

function changeOf(plan: Plan, path: string, before: string, edits: Edit[]): FileChange {
  const edited = applyEdits(before, edits);
  const components = [...new Set(edits.map((edit) => edit.component))];
  if (!SCRIPT.test(path)) return { path, before, after: edited, components };
  const cleaned = removeDeadCode(path, before, edited);
  const sources = plan.imports?.[path];
  const complete = sources ? addImports(path, before, cleaned, sources) : cleaned;
  const after = withoutNewGaps(path, before, complete);
  return { path, before, after, components };
}
