import { describe, expect, it } from 'vitest';
import { withoutStaleMarks, type MarkedSite } from './stale-marks.js';

const FILE = '/app/a.ts';
const at = (line: number, column: number, isMigrated = true): MarkedSite => ({ file: FILE, line, column, isMigrated });
const after = (before: string, text: string, ...sites: MarkedSite[]) =>
  withoutStaleMarks([{ path: FILE, before, after: text, components: [] }], sites)[0]?.after;

const MARKED = `export async function save() {
  // as agreed
  // TODO(worker-token): make the function async
  old();
  next();
}
`;

describe('the comment of an earlier run', () => {
  it('goes where its site is migrated, and nothing else goes', () => {
    const migrated = MARKED.replace('old()', 'await fresh()');

    expect(after(MARKED, migrated, at(4, 3))).toBe(
      'export async function save() {\n  // as agreed\n  await fresh();\n  next();\n}\n',
    );
  });

  it('goes with Windows line ends, and where lines above came and went', () => {
    const migrated = `import { fresh } from './fresh';\n${MARKED.replace('old()', 'await fresh()')}`;
    const windows = (text: string) => text.replaceAll('\n', '\r\n');

    expect(after(windows(MARKED), windows(migrated), at(4, 3))).toBe(windows(migrated.replace(/ +\/\/ TODO.*\n/, '')));
  });

  it('stays where another site in the statement is left', () => {
    const [before, migrated] = ['use(old(), older());', 'use(fresh(), older());'].map((call) =>
      MARKED.replace('old();', call),
    ) as [string, string];

    expect(after(before, migrated, at(4, 7), at(4, 14, false))).toBe(migrated);
  });

  it.each([
    ['the site beside it is migrated', MARKED, at(5, 3)],
    ['it is about what does not fit yet', MARKED.replace('make the', 'finish by hand: make the'), at(4, 3)],
    ['somebody else wrote it', MARKED.replace('TODO(worker-token)', 'TODO'), at(4, 3)],
    ['the file does not parse', `${MARKED}(`, at(4, 3)],
  ])('stays where %s', (_, before, site) => {
    const migrated = before.replace('next()', 'await fresh()');

    expect(after(before, migrated, site)).toBe(migrated);
  });
});
