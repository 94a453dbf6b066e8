import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, snapshot } from '../../test/project.js';
import { ChangedSinceError, NothingToUndoError } from '../errors.js';
import { existingJournal } from './journal-place.js';
import { undo } from './undo.js';
import { writeChanges } from './write.js';

const FILES = { 'a.ts': '\uFEFFold a\r\n', 'sub/b.ts': 'old b', 'other.ts': 'other' };

/** A tree in which a run changed two files and made one in a new folder. */
function migrated(files: Record<string, string> = {}): string {
  const root = project({ ...FILES, ...files });
  const change = (name: string, before: string | null, after: string) => ({
    ...{ path: path.join(root, name), before, after },
    components: [],
  });
  writeChanges(
    [
      change('a.ts', FILES['a.ts'], 'new a'),
      change('sub/b.ts', 'old b', 'new b'),
      change('made/deep/c.ts', null, 'made'),
    ],
    root,
  );
  return root;
}

describe('undo', () => {
  it('gives back the tree byte for byte, folders and its own journal included', () => {
    const root = migrated();
    fs.chmodSync(path.join(root, 'sub/b.ts'), 0o755);

    expect(undo(root)).toEqual({ base: root, restored: ['a.ts', 'sub/b.ts'], removed: ['made/deep/c.ts'] });

    expect(snapshot(root)).toEqual(FILES);
    expect(fs.existsSync(path.join(root, 'made'))).toBe(false);
    expect(fs.statSync(path.join(root, 'sub/b.ts')).mode & 0o777).toBe(0o755);
  });

  it('keeps what was done elsewhere since, in a folder that the run made, too', () => {
    const root = migrated();
    fs.writeFileSync(path.join(root, 'other.ts'), 'edited later');
    fs.writeFileSync(path.join(root, 'made/mine.ts'), 'mine');

    undo(root);

    expect(snapshot(root)).toEqual({ ...FILES, 'other.ts': 'edited later', 'made/mine.ts': 'mine' });
  });

  it('refuses where files were changed since, names them, and touches nothing', () => {
    const root = migrated();
    fs.appendFileSync(path.join(root, 'sub/b.ts'), '!');
    fs.rmSync(path.join(root, 'made/deep/c.ts'));
    fs.writeFileSync(path.join(root, 'made/deep/c.ts'), 'rewritten');
    const before = snapshot(root);

    expect(() => undo(root)).toThrow(ChangedSinceError);
    expect(() => undo(root)).toThrow(/2 files were changed since[\s\S]*sub\/b\.ts[\s\S]*made\/deep\/c\.ts/);
    expect(snapshot(root)).toEqual(before);
  });

  it('goes on when the change is taken out again, and where a file was put back by hand', () => {
    const root = migrated();
    fs.writeFileSync(path.join(root, 'sub/b.ts'), 'old b');

    expect(undo(root).restored).toEqual(['a.ts']);
    expect(snapshot(root)).toEqual(FILES);
  });

  it('says that there is nothing to take back, the second time, too', () => {
    const root = migrated();
    undo(root);

    expect(() => undo(root)).toThrow(NothingToUndoError);
    expect(() => undo(project({ 'a.ts': '' }))).toThrow(/no run has changed anything here/);
  });

  it('can be asked first: nothing is written then', () => {
    const root = migrated();
    const before = snapshot(root);

    expect(undo(root, true).restored).toEqual(['a.ts', 'sub/b.ts']);
    expect(snapshot(root)).toEqual(before);
  });

  it('finds the journal from a folder below, and keeps it in git’s own folder where there is git', () => {
    const root = migrated({ '.git/HEAD': '' });

    expect(Object.keys(snapshot(root)).filter((name) => name.includes('migrate-worker-token'))).toEqual([]);
    expect(existingJournal(path.join(root, 'sub'))?.file).toBe(path.join(root, '.git/migrate-worker-token.json'));
    undo(path.join(root, 'sub'));
    expect(snapshot(root)).toEqual(FILES);
  });

  it('follows the file by which a worktree says where git’s folder is', () => {
    const home = project({ 'main/.git/worktrees/w/HEAD': '' });
    const root = migrated({ '.git': `gitdir: ${path.join(home, 'main/.git/worktrees/w')}\n` });

    expect(fs.existsSync(path.join(home, 'main/.git/worktrees/w/migrate-worker-token.json'))).toBe(true);
    undo(root);
    expect(snapshot(root)).toEqual(FILES);
  });
});

describe('a run after an interrupted one', () => {
  it('continues it: taking back takes back both', () => {
    const root = migrated();
    const place = existingJournal(root);
    const journal = JSON.parse(fs.readFileSync(place?.file ?? '', 'utf8')) as { complete: boolean };
    fs.writeFileSync(place?.file ?? '', JSON.stringify({ ...journal, complete: false }));
    fs.writeFileSync(path.join(root, 'sub/b.ts'), 'old b');
    const temporary = path.join(root, `sub/.b.ts.${process.pid}.tmp`);
    fs.writeFileSync(temporary, 'half');

    const file = path.join(root, 'sub/b.ts');
    writeChanges([{ path: file, before: 'old b', after: 'newer b', components: [] }], root);
    undo(root);

    expect(snapshot(root)).toEqual(FILES);
  });

  it('starts afresh where the last one was complete', () => {
    const root = migrated();
    const file = path.join(root, 'other.ts');
    writeChanges([{ path: file, before: 'other', after: 'newer', components: [] }], root);

    expect(undo(root).restored).toEqual(['other.ts']);
    expect(snapshot(root)['a.ts']).toBe('new a');
  });
});
