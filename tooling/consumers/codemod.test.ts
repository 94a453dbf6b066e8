// The codemod as a stranger runs it on a copy of apps/legacy: fetched by npx, and installed.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { root } from '../repository.js';
import { emptyProject, type Project } from './project.js';

const { npmrc, versions } = inject('released');
const legacy = join(root, 'apps/legacy');
let project: Project;

beforeAll(() => {
  project = emptyProject(npmrc);
  const left = ['node_modules', 'dist', '.turbo'];
  cpSync(legacy, project.folder, { recursive: true, filter: (path) => !left.includes(relative(legacy, path)) });
  // what `npm install` would bring
  symlinkSync(join(root, 'apps/sample/node_modules'), join(project.folder, 'node_modules'));
  writeFileSync(join(project.folder, '.gitignore'), 'node_modules\n.npmrc\n');
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'As it was');
});
afterAll(() => project.remove());

function git(...args: string[]): string {
  const author = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...author, ...args], { cwd: project.folder, encoding: 'utf8' });
}

/** What npm says in its own name, of its version or its cache, is not the codemod's. */
const withoutNpm = (stderr: string) => stderr.replace(/^npm (notice|warn)\b.*\n?/gim, '');

it('npx @worker-token/codemod migrates, and asks for the packages of the same release', async () => {
  const { status, stdout, stderr } = await project.run('npx', '--yes', '@worker-token/codemod', '.');
  expect({ status: status <= 1, said: withoutNpm(stderr) }, stderr).toEqual({ status: true, said: '' });
  expect(stdout).toMatch(/\d+ migrated/);
  expect(git('diff', '--stat')).toContain('src/api/requestToken.ts');
  const { dependencies } = JSON.parse(readFileSync(join(project.folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const range = dependencies['@worker-token/manager'] ?? '';
  expect(range).toBe(`^${versions['@worker-token/manager'] ?? ''}`);
  const { stdout: found } = await project.run('npm', 'view', `@worker-token/manager@${range}`, 'version');
  expect(found.trim()).toBe(versions['@worker-token/manager']);
});

it('changes nothing more when it runs again', async () => {
  git('add', '.');
  git('commit', '-qm', 'Migrated');
  await project.run('npx', '--yes', '@worker-token/codemod', '.');
  expect(git('status', '--porcelain')).toBe('');
});

it('installed, answers to the literal words `npx codemod migrate-worker-token`', async () => {
  const other = emptyProject(npmrc);
  await other.run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '@worker-token/codemod');
  const { status, stdout } = await other.run('npx', '--no-install', 'codemod', 'migrate-worker-token', '--help');
  other.remove();
  expect(status).toBe(0);
  expect(stdout).toContain('migrate-worker-token [paths…]');
});
