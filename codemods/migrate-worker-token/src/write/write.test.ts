import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { project, snapshot } from '../../test/project.js';
import { ChangedMeanwhileError, NotUtf8Error, NotWrittenError } from '../errors.js';
import type { FileChange } from '../types.js';
import { writeChanges } from './write.js';

const change = (root: string, name: string, before: string | null, after: string): FileChange => {
  return { path: path.join(root, name), before, after, components: ['c'] };
};

describe('writeChanges', () => {
  it('replaces files, makes new ones with their folders, and leaves no temporary file', () => {
    const root = project({ 'a.ts': 'old' });

    writeChanges([change(root, 'a.ts', 'old', 'new'), change(root, 'src/made/b.ts', null, 'made')], root);

    expect(snapshot(root)).toMatchObject({ 'a.ts': 'new', 'src/made/b.ts': 'made' });
    expect(Object.keys(snapshot(root)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('keeps the mode of a file and the link to it', () => {
    const root = project({ 'real/a.ts': 'old' });
    fs.chmodSync(path.join(root, 'real/a.ts'), 0o755);
    fs.symlinkSync('real/a.ts', path.join(root, 'link.ts'));

    writeChanges([change(root, 'link.ts', 'old', 'new')], root);

    expect(fs.lstatSync(path.join(root, 'link.ts')).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(path.join(root, 'real/a.ts'), 'utf8')).toBe('new');
    expect(fs.statSync(path.join(root, 'real/a.ts')).mode & 0o777).toBe(0o755);
  });

  it('replaces by rename: a reader that has the old file open still reads all of it', () => {
    const root = project({ 'a.ts': 'old content' });
    const open = fs.openSync(path.join(root, 'a.ts'), 'r');

    writeChanges([change(root, 'a.ts', 'old content', 'new')], root);

    expect(fs.readFileSync(open, 'utf8')).toBe('old content');
    fs.closeSync(open);
  });

  it('writes nothing if one file was changed meanwhile', () => {
    const root = project({ 'a.ts': 'old', 'b.ts': 'changed by somebody' });

    expect(() => writeChanges([change(root, 'a.ts', 'old', 'new'), change(root, 'b.ts', 'old', 'new')], root)).toThrow(
      ChangedMeanwhileError,
    );
    expect(snapshot(root)).toEqual({ 'a.ts': 'old', 'b.ts': 'changed by somebody' });
  });

  it('does not overwrite a file that appeared where a new one was planned', () => {
    const root = project({ 'made.ts': 'somebody else was faster' });

    expect(() => writeChanges([change(root, 'made.ts', null, 'made')], root)).toThrow(ChangedMeanwhileError);
  });

  it('refuses bytes that are no UTF-8 instead of damaging them', () => {
    const root = project({});
    const bytes = Buffer.from([0x61, 0xe9, 0x62]);
    fs.writeFileSync(path.join(root, 'a.ts'), bytes);

    expect(() => writeChanges([change(root, 'a.ts', bytes.toString('utf8'), 'new')], root)).toThrow(NotUtf8Error);
    expect(fs.readFileSync(path.join(root, 'a.ts')).equals(bytes)).toBe(true);
  });

  it('puts back what it had replaced when a later file cannot be replaced', () => {
    const root = project({ 'a.ts': 'old a', 'b.ts': 'old b' });
    const rename = fs.renameSync;
    const spy = vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (String(to).endsWith('b.ts')) throw new Error('EACCES: permission denied');
      rename(from, to);
    });

    expect(() =>
      writeChanges(
        [
          change(root, 'made.ts', null, 'x'),
          change(root, 'a.ts', 'old a', 'new'),
          change(root, 'b.ts', 'old b', 'new'),
        ],
        root,
      ),
    ).toThrow(NotWrittenError);
    spy.mockRestore();
    expect(snapshot(root)).toEqual({ 'a.ts': 'old a', 'b.ts': 'old b' });
  });
});
