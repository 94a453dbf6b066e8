// What a stranger gets: every published package packed as it would be published, checked, installed in an empty folder and used.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root, workspaceFolders } from './repository.js';

interface Manifest {
  name: string;
  private?: boolean;
  exports?: Record<string, unknown>;
}
const manifest = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
const published = workspaceFolders().filter((folder) => !manifest(folder).private);
const pnpmVersion = /^pnpm@([^+]+)/.exec(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }).packageManager,
)?.[1];
const pnpm = join(root, '.cache/pnpm', pnpmVersion ?? '', 'node_modules/pnpm/bin/pnpm.cjs');

/** What may be imported of a package: `@worker-token/storage`, `@worker-token/storage/node`, … */
function entriesOf(folder: string): string[] {
  const { name, exports = {} } = manifest(folder);
  return Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry]) => name + entry.slice(1));
}

let work: string;
let consumer: string;
const tarballs = new Map<string, string>();

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'packed-'));
  for (const folder of published) {
    const target = join(work, folder.replace('/', '-'));
    mkdirSync(target);
    execFileSync(process.execPath, [pnpm, 'pack', '--pack-destination', target], {
      cwd: join(root, folder),
      stdio: 'ignore',
    });
    tarballs.set(folder, join(target, readdirSync(target)[0] ?? ''));
  }
  consumer = join(work, 'consumer');
  mkdirSync(consumer);
  const dependencies = Object.fromEntries(
    published.map((folder) => [manifest(folder).name, `file:${tarballs.get(folder) ?? ''}`]),
  );
  writeFileSync(
    join(consumer, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: { ...dependencies, react: '^19', 'react-dom': '^19' },
      overrides: dependencies,
    }),
  );
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: consumer,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}, 300_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

const run = (code: string, type: 'module' | 'commonjs' = 'module') =>
  spawnSync(process.execPath, [`--input-type=${type}`, '-e', code], { cwd: consumer, encoding: 'utf8' });

describe.each(published)('%s, packed', (folder) => {
  it('passes publint', async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(consumer, 'node_modules', manifest(folder).name),
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has a README, and neither sources, tests nor a workspace range', () => {
    const list = execFileSync('tar', ['-tzf', tarballs.get(folder) ?? ''], { encoding: 'utf8' }).split('\n');
    expect(list).toContain('package/README.md');
    expect(list.filter((file) => /\/src\/|\.test\./.test(file))).toEqual([]);
    expect(readFileSync(join(consumer, 'node_modules', manifest(folder).name, 'package.json'), 'utf8')).not.toMatch(
      /workspace:|catalog:|worker-token\/source/,
    );
  });
});

describe('a consumer', () => {
  it('uses the manager as an ES module, without a browser', () => {
    const { stdout, stderr } = run(`
      import { workerTokenManager } from '@worker-token/manager';
      await workerTokenManager.ready();
      console.log(JSON.stringify(await workerTokenManager.loadCredentials()), workerTokenManager.peekToken());
      await workerTokenManager.getWorkerToken().catch((error) => console.log(error.name, error.kind));
      workerTokenManager.dispose();`);
    expect(stderr).toBe('');
    expect(stdout).toBe('null null\nWorkerTokenError not-configured\n');
  });

  it('uses the manager from CommonJS', () => {
    const { stdout, stderr } = run(
      `console.log(typeof require('@worker-token/manager').workerTokenManager.getWorkerToken)`,
      'commonjs',
    );
    expect(stdout).toBe('function\n');
    expect(stderr.replace(/.*ExperimentalWarning.*\n|\(Use `node.*\n/g, '')).toBe('');
  });

  it.each(published.flatMap(entriesOf))('imports %s', (name) => {
    const { stdout, status } = run(`console.log(Object.keys(await import('${name}')).length > 0)`);
    expect([status, stdout]).toEqual([0, 'true\n']);
  });

  it('runs the literal words `npx codemod migrate-worker-token`', () => {
    const { stdout, status } = spawnSync('npx', ['--no-install', 'codemod', 'migrate-worker-token', '--help'], {
      cwd: consumer,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('migrate-worker-token [paths…]');
  });
});
