import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../../test/project.js';
import { GitError } from '../errors.js';
import { assertRestorable, assertCommitted } from './guard.js';

function repository(files: Record<string, string>): string {
  const root = project(files);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'start');
  return root;
}

describe('assertRestorable', () => {
  it('lets a clean repository pass, untracked files included', () => {
    const root = repository({ 'a.ts': '1' });
    fs.writeFileSync(path.join(root, 'notes.txt'), 'x');

    expect(() => assertRestorable([root])).not.toThrow();
  });

  it('names uncommitted changes and the way out', () => {
    const root = repository({ 'src/a.ts': '1' });
    fs.writeFileSync(path.join(root, 'src/a.ts'), '2');

    expect(() => assertRestorable([root])).toThrow(GitError);
    expect(() => assertRestorable([root])).toThrow(/src\/a\.ts[\s\S]*--force/);
  });

  it('looks at the given paths alone', () => {
    const root = repository({ 'src/a.ts': '1', 'other/b.ts': '1' });
    fs.writeFileSync(path.join(root, 'other/b.ts'), '2');

    expect(() => assertRestorable([path.join(root, 'src')])).not.toThrow();
    expect(() => assertRestorable([path.join(root, 'src/a.ts')])).not.toThrow();
  });

  it('refuses a folder without git: there would be no way back', () => {
    expect(() => assertRestorable([project({ 'a.ts': '' })])).toThrow(/no git repository[\s\S]*--force/);
  });
});

describe('assertCommitted', () => {
  it('lets files pass that git can put back, and names one that it cannot', () => {
    const root = repository({ 'src/a.ts': '1', 'b.ts': '1' });
    fs.writeFileSync(path.join(root, 'src/new.ts'), '1');
    const files = ['src/a.ts', 'b.ts'].map((name) => path.join(root, name));

    expect(() => assertCommitted(files)).not.toThrow();
    expect(() => assertCommitted([...files, path.join(root, 'src/new.ts')])).toThrow(/src\/new\.ts[\s\S]*--force/);
  });
});
