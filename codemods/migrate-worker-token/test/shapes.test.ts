/** Every shape of legacy code that was met in the wild: migrated, left with a named reason, or not touched. */
import fs from 'node:fs';
import path from 'node:path';
import { defaultSignals } from '@worker-token/legacy-signals';
import { describe, expect, it } from 'vitest';
import { plan } from '../src/plan/plan.js';
import { rewrite } from '../src/rewrite/rewrite.js';
import { scan } from '../src/scan/scan.js';
import type { FileChange, MigrateOptions, Site } from '../src/types.js';
import { project } from './project.js';
import { CREDENTIAL_READS } from './shapes/credential-reads.js';
import { OTHERS } from './shapes/others.js';
import { REQUESTS } from './shapes/requests.js';
import type { Shape } from './shapes/shape.js';
import { TOKEN_READS } from './shapes/token-reads.js';
import { WRITES } from './shapes/writes.js';

const SHAPES = [...CREDENTIAL_READS, ...WRITES, ...TOKEN_READS, ...REQUESTS, ...OTHERS];

function run({ code }: Shape): { sites: Site[]; changes: FileChange[]; again: FileChange[]; text: string } {
  const files = typeof code === 'string' ? { 'src/shape.ts': code } : code;
  const root = project({ 'package.json': '{ "name": "shape", "type": "module" }\n', ...files });
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
  };
  const once = () => {
    const made = plan(scan(options), options);
    return { sites: made.sites, changes: rewrite(made, (file) => fs.readFileSync(file, 'utf8')) };
  };
  const { sites, changes } = once();
  for (const { path: file, after } of changes) fs.writeFileSync(file, after);
  const text = Object.keys(files)
    .map((file) => fs.readFileSync(path.join(root, file), 'utf8'))
    .join('\n');
  return { sites, changes, again: once().changes, text };
}

const nameOf = (site: Site): string => site.reason?.split(':')[0] ?? '';

describe.each(SHAPES)('$id $name', (shape) => {
  it('comes out as the table says, and stays so', () => {
    const { sites, changes, again, text } = run(shape);
    const left = sites.filter((site) => site.status === 'manual');
    const { verdict } = shape;
    if (verdict === 'untouched') expect({ changes, left }).toEqual({ changes: [], left: [] });
    else expect([...new Set(left.map(nameOf))].sort()).toEqual(verdict === 'migrated' ? [] : [...verdict.left].sort());
    if (verdict === 'migrated') expect(sites.some((site) => site.status === 'migrated')).toBe(true);
    for (const part of shape.has ?? []) expect(text).toContain(part);
    for (const part of shape.gone ?? []) expect(text).not.toContain(part);
    expect(again).toEqual([]);
  });
});

it('covers each shape of the catalogue once', () => {
  const counts = { A: 26, B: 10, C: 18, D: 14, E: 14 };
  const wanted = Object.entries(counts).flatMap(([group, count]) =>
    Array.from({ length: count }, (_, i) => `${group}${String(i + 1).padStart(2, '0')}`),
  );
  expect(SHAPES.map(({ id }) => id)).toEqual(wanted);
});
