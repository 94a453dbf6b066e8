/** The steps together, with plans made by hand: what the report says, and what is on disk. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { migrate } from '../src/migrate.js';
import type { Plan } from '../src/types.js';
import { apply, planOf, project, snapshot, TSCONFIG, type Replacement } from './project.js';

const stage = vi.hoisted(() => ({ plan: vi.fn<() => unknown>() }));
vi.mock('../src/plan/plan.js', () => ({ plan: stage.plan }));
vi.mock('../src/rewrite/rewrite.js', () => ({
  rewrite: (plan: Plan, read: (file: string) => string, excluded: ReadonlySet<string>) => apply(plan, excluded, read),
}));

afterEach(() => vi.clearAllMocks());

/** No repository that git could use, but the place of the journal. */
const GIT = { '.git/HEAD': '' };

const FILES = {
  'package.json': '{}\n',
  'tsconfig.json': TSCONFIG,
  'src/a.ts': "export const key: string = 'worker_credentials';\nexport const size: number = 1;\n",
  'src/b.ts': "export const key = 'worker_credentials';\nexport const b: number = 1;\n",
};

function prepared(replacements: Replacement[]): string {
  const root = project({ ...GIT, ...FILES });
  stage.plan.mockReturnValue(planOf(root, replacements));
  return root;
}

const RIGHT = { file: 'src/a.ts', find: '= 1', text: '= 2', component: 'right' };
const WRONG = { file: 'src/b.ts', find: '= 1', text: "= 'no'", component: 'wrong' };

it('writes what holds, takes back what does not, and says both', async () => {
  const root = prepared([RIGHT, WRONG]);

  const report = await migrate({ root, force: true });

  expect(snapshot(root)).toEqual({ ...FILES, 'src/a.ts': FILES['src/a.ts'].replace('= 1', '= 2') });
  expect(report.summary).toMatchObject({ sites: 2, migrated: 1, rolledBack: 1, filesChanged: 1, filesRolledBack: 1 });
  expect(report.sites[1]).toMatchObject({ status: 'rolled-back', suggestion: WRONG.text });
  expect(report.sites[1]?.reason).toContain('src/b.ts:2 has TS2322');
  expect(report.files).toMatchObject([
    { file: 'src/a.ts', status: 'changed', newDiagnostics: [] },
    { file: 'src/b.ts', status: 'rolled-back', newDiagnostics: [{ code: 'TS2322' }] },
  ]);
  expect(report.verification).toEqual({ diagnosticsBefore: 0, diagnosticsAfter: 0, floatingPromises: 0 });
});

it('writes the wrong edit, too, when told not to verify', async () => {
  const root = prepared([WRONG]);

  const report = await migrate({ root, force: true, verify: false });

  expect(report.summary.migrated).toBe(1);
  expect(snapshot(root)['src/b.ts']).toContain("= 'no'");
});

it.each([{ dryRun: true }, { check: true }])('writes nothing with %j, and needs no git for it', async (mode) => {
  const root = prepared([RIGHT]);

  const report = await migrate({ root, ...mode });

  expect(report).toMatchObject({ dryRun: true, summary: { migrated: 1 } });
  expect(snapshot(root)).toEqual(FILES);
});

it('refuses to write where git could not undo it', async () => {
  const root = prepared([RIGHT]);

  await expect(migrate({ root })).rejects.toMatchObject({ code: 'git' });
  expect(snapshot(root)).toEqual(FILES);
});

it('writes nothing at all if a file changes between reading and writing', async () => {
  const root = prepared([RIGHT, { ...WRONG, text: '= 3' }]);
  const plan = stage.plan();
  stage.plan.mockImplementation(() => {
    fs.appendFileSync(path.join(root, 'src/b.ts'), '// somebody saves\n');
    return plan;
  });

  await expect(migrate({ root, force: true })).rejects.toMatchObject({ code: 'changed-meanwhile' });
  expect(snapshot(root)['src/a.ts']).toBe(FILES['src/a.ts']);
});

it('does not plan where no file has a signal', async () => {
  const root = project({ 'a.ts': 'export const a = 1;\n' });

  const report = await migrate({ root, force: true });

  expect(stage.plan).not.toHaveBeenCalled();
  expect(report.summary).toMatchObject({ filesScanned: 1, sites: 0 });
});
