/** Each pattern as a folder of before and after. Run twice: the second run changes nothing. `UPDATE_FIXTURES=1` writes the afters. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defaultSignals } from '@worker-token/legacy-signals';
import { afterAll, describe, expect, it } from 'vitest';
import { plan } from '../src/plan/plan.js';
import { rewrite } from '../src/rewrite/rewrite.js';
import { scan } from '../src/scan/scan.js';
import type { FileChange, MigrateOptions, Plan } from '../src/types.js';
import { newErrors } from './type-check.js';

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures');
const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'worker-token-fixtures-')));
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

/** Options of one fixture, beside its folders. */
function optionsOf(name: string): Partial<MigrateOptions> {
  const file = path.join(FIXTURES, name, 'options.json');
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<MigrateOptions>) : {};
}

function run(root: string, name: string): { plan: Plan; changes: FileChange[] } {
  const options: MigrateOptions = {
    root,
    paths: [root],
    dryRun: false,
    check: false,
    verify: false,
    force: true,
    installDep: false,
    gate: 'render',
    react: 'hooks',
    signals: defaultSignals(),
    ...optionsOf(name),
  };
  const made = plan(scan(options), options);
  return { plan: made, changes: rewrite(made, (file) => fs.readFileSync(file, 'utf8')) };
}

function tree(root: string): Record<string, string> {
  if (!fs.existsSync(root)) return {};
  const names = fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => fs.statSync(path.join(root, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(root, name), 'utf8')]));
}

/** One line a site: what a reader of the report sees. */
const listed = (made: Plan) =>
  made.sites
    .map(
      (site) =>
        `${site.file}:${site.line} ${site.pattern} ${site.status}${site.reason ? ` (${site.reason.split(':')[0]})` : ''}`,
    )
    .join('\n') + '\n';

describe.each(fs.readdirSync(FIXTURES))('%s', (name) => {
  const root = path.join(home, name);
  const after = path.join(FIXTURES, name, 'after');
  const sites = path.join(FIXTURES, name, 'sites.txt');

  it('comes out as the folder shows, and a second run changes nothing', () => {
    fs.cpSync(path.join(FIXTURES, name, 'before'), root, { recursive: true });
    const first = run(root, name);
    for (const change of first.changes) fs.writeFileSync(change.path, change.after);
    if (process.env['UPDATE_FIXTURES']) {
      fs.rmSync(after, { recursive: true, force: true });
      fs.cpSync(root, after, { recursive: true });
      fs.writeFileSync(sites, listed(first.plan));
    }
    expect(tree(root)).toEqual(tree(after));
    expect(listed(first.plan)).toBe(fs.readFileSync(sites, 'utf8'));
    expect(run(root, name).changes).toEqual([]);
  });

  it('leaves files without an edit as they are, and every left site has a reason', () => {
    const before = tree(path.join(FIXTURES, name, 'before'));
    const made = run(path.join(FIXTURES, name, 'before'), name);
    const changed = new Set(
      made.changes.map((change) => path.relative(path.join(FIXTURES, name, 'before'), change.path)),
    );
    for (const [file, text] of Object.entries(tree(after))) if (!changed.has(file)) expect(text).toBe(before[file]);
    expect(made.plan.sites.filter((site) => site.status !== 'migrated' && !site.reason)).toEqual([]);
  });
});

describe('the folders as TypeScript', () => {
  it('have no error after that they had not before', () => {
    expect(newErrors(FIXTURES)).toEqual([]);
  });
});
