// What the two commands say when something is missing, before they do anything.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './repository.js';

function run(folder: string, args: string[], options: { env?: NodeJS.ProcessEnv; imported?: string } = {}) {
  const preload = options.imported ? ['--import', `data:text/javascript,${encodeURIComponent(options.imported)}`] : [];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...preload, join(folder, 'scripts/run.mjs'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: undefined, ...options.env },
    },
  );
  return { status, text: stdout + stderr };
}

it('names the tasks when it does not know one', () => {
  const { status, text } = run(root, ['tets']);
  expect(status).toBe(1);
  expect(text).toContain('Unknown task "tets". Known ones: install, build, start, test');
});

it('names the Nodes that it can be run on when it does not know one', () => {
  const { status, text } = run(root, ['--node', '19', 'test']);
  expect(status).toBe(1);
  expect(text).toContain('Node 19 is not one that is tested. Known ones: 20, 22, 24.');
});

it.each(['18.20.4', '20.18.3', '21.7.3'])('refuses Node %s and says which it needs', (version) => {
  const imported = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const { status, text } = run(root, ['test'], { imported });
  expect(status).toBe(1);
  expect(text).toContain('Node 20.19 or newer is needed');
});

it('says that there is no network, and leaves nothing half-done', () => {
  const clone = mkdtempSync(join(tmpdir(), 'clone-'));
  try {
    for (const part of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'scripts']) {
      cpSync(join(root, part), join(clone, part), { recursive: true });
    }
    const { status, text } = run(clone, ['start'], {
      env: {
        npm_config_registry: 'http://127.0.0.1:9/',
        npm_config_fetch_retries: '0',
        npm_config_cache: join(clone, 'npm'),
      },
    });
    expect(status).toBe(1);
    expect(text).toMatch(/pnpm [\d.]+ could not be fetched. Is there a network\?/);
    expect(run(clone, ['nothing']).text).toContain('Unknown task');
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
});
