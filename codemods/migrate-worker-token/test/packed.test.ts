/** The npm package as it is published: packed, installed in an empty folder, and used with the literal words. Needs a build. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP, PACKAGE, plainEnv, PROFILE_AFTER } from './built-cli.js';
import { snapshot } from './project.js';

const ROOT = path.resolve(PACKAGE, '../..');
const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'worker-token-packed-')));
const app = path.join(home, 'app');
let tarball: string;

beforeAll(() => {
  const { packageManager } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  const version = /^pnpm@([^+]+)/.exec(packageManager)?.[1] ?? '';
  const pnpm = path.join(ROOT, '.cache/pnpm', version, 'node_modules/pnpm/bin/pnpm.cjs');
  execFileSync(process.execPath, [pnpm, 'pack', '--pack-destination', home], { cwd: PACKAGE, stdio: 'ignore' });
  tarball = path.join(home, fs.readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '');
  for (const [name, text] of Object.entries({ ...APP, '.gitignore': 'node_modules\n' })) {
    fs.mkdirSync(path.dirname(path.join(app, name)), { recursive: true });
    fs.writeFileSync(path.join(app, name), text);
  }
  run('npm', 'install', '--save-dev', tarball, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error');
  const git = (...args: string[]) => run('git', '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args);
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'start');
}, 300_000);
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

function run(command: string, ...args: string[]) {
  return spawnSync(command, args, { cwd: app, encoding: 'utf8', env: plainEnv() });
}
const sources = () =>
  Object.fromEntries(Object.entries(snapshot(app)).filter(([name]) => !name.startsWith('node_modules')));

describe('installed from its tarball', () => {
  it('`npx codemod migrate-worker-token` migrates, and `npx migrate-worker-token --undo` takes it back', () => {
    const before = sources();

    const migrated = run('npx', 'codemod', 'migrate-worker-token');

    expect(migrated).toMatchObject({ status: 0, stderr: '' });
    expect(migrated.stdout).toContain('1 migrated');
    expect(sources()['src/profile.ts']).toContain(PROFILE_AFTER);

    expect(run('npx', 'migrate-worker-token', '--undo').status).toBe(0);
    expect(sources()).toEqual(before);
  });

  it('says what to do when another codemod of that name is meant', () => {
    const { status, stderr } = run('npx', 'codemod', 'react/19/replace-act-import');

    expect(status).toBe(2);
    expect(stderr).toContain('npx codemod@latest react/19/replace-act-import');
  });

  it('has the transform, the schema, and nothing of the registry package', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n');
    expect(files).toContain('package/dist/transform/transform.js');
    expect(files).toContain('package/report.schema.json');
    expect(files.filter((name) => /engine\.cjs|list-sites|shard-folders|workflow/.test(name))).toEqual([]);

    const loads = `const t = require('@worker-token/codemod/transform.js'); console.log(typeof t, t.parser);`;
    expect(run(process.execPath, '-e', loads).stdout).toBe('function tsx\n');
  });
});
