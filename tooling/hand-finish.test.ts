// The sample app is the legacy app after the codemod and a hand finish. The finish is counted, and may only shrink.
// The migrated copy is made by `npm test` and `npm run check` before the unit tests.
import { existsSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { sourceFiles } from './source-files.js';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './repository.js';

const migrated = join(root, '.cache/migrated/legacy');
const sample = join(root, 'apps/sample');
/** Lines that were finished by hand, by file. Lower a number when you can; never raise one. */
const recorded = JSON.parse(readFileSync(join(sample, 'hand-finish.json'), 'utf8')) as Record<string, number>;

const lines = (file: string) => readFileSync(file, 'utf8').split('\n').length;

/** Lines added to or removed from the codemod's output. */
function changedLines(file: string): number {
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--numstat', join(migrated, file), join(sample, file)], {
    encoding: 'utf8',
  });
  const [added = '0', removed = '0'] = stdout.split('\t');
  return Number(added) + Number(removed);
}

describe('the hand finish', () => {
  beforeAll(() => {
    if (!existsSync(migrated))
      throw new Error('There is no migrated copy of apps/legacy. Run `npm run check`, which makes it.');
  });

  it('is what is recorded, file by file', () => {
    const both = sourceFiles(migrated).filter((file) => existsSync(join(sample, file)));
    const found = Object.fromEntries(
      both.map((file) => [file, changedLines(file)] as const).filter(([, count]) => count > 0),
    );
    expect(found).toEqual(recorded);
  });

  it('is less than a twentieth of the lines of the files that both have', () => {
    const total = sourceFiles(migrated).reduce((sum, file) => sum + lines(join(migrated, file)), 0);
    const changed = Object.values(recorded).reduce((sum, count) => sum + count, 0);
    expect(changed / total).toBeLessThan(0.05);
  });

  it('leaves no file of the migrated app out, and puts its own under src/added', () => {
    const [before, after] = [sourceFiles(migrated), sourceFiles(sample)];
    expect(before.filter((file) => !after.includes(file))).toEqual([]);
    expect(after.filter((file) => !before.includes(file) && !file.startsWith('src/added/'))).toEqual([]);
  });
});
