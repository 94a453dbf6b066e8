/** The package for the Codemod registry, with the real Codemod command: served from loopback by name, and from disk. */
import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDelivery } from '../scripts/build-delivery.js';
import { assembleRegistryPackage } from '../scripts/registry-package.js';
import { APP, committed, PACKAGE, plainEnv, PROFILE, PROFILE_AFTER } from './built-cli.js';
import { serveRegistry, type Registry } from './loopback-registry.js';
import { snapshot } from './project.js';
import { onTerminal } from './terminal.js';

const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'worker-token-registry-')));
const folder = path.join(home, 'package/migrate-worker-token');
let registry: Registry;

beforeAll(async () => {
  await buildDelivery(path.join(home, 'bundles'));
  assembleRegistryPackage(path.join(home, 'bundles'), folder);
  const archive = path.join(home, 'package.tgz');
  execFileSync('tar', ['-czf', archive, '-C', folder, '.']);
  registry = await serveRegistry('migrate-worker-token', '0.1.0', archive);
}, 120_000);
afterAll(async () => {
  await registry.close();
  fs.rmSync(home, { recursive: true, force: true });
});

/** A committed app in whose `node_modules` the real command is. */
function withCodemod(files: Record<string, string>): string {
  const root = committed({ ...files, '.gitignore': 'node_modules\n' });
  const installed = path.join(PACKAGE, 'node_modules');
  fs.mkdirSync(path.join(root, 'node_modules/.bin'), { recursive: true });
  fs.symlinkSync(fs.realpathSync(path.join(installed, 'codemod')), path.join(root, 'node_modules/codemod'));
  fs.symlinkSync('../codemod/codemod', path.join(root, 'node_modules/.bin/codemod'));
  return root;
}

/** What is checked is how it is run: the type check takes its time elsewhere. */
const QUICK = ['--param', 'args=--no-verify'];

interface Ran {
  status: number;
  output: string;
}

const environment = () =>
  plainEnv({
    ...{ CODEMOD_REGISTRY_URL: registry.url, DISABLE_ANALYTICS: '1', HOME: home },
    ...{ XDG_DATA_HOME: path.join(home, 'data'), XDG_CONFIG_HOME: path.join(home, 'config') },
  });

function npx(cwd: string, ...args: string[]): Promise<Ran> {
  const env = environment();
  return new Promise((resolve) => {
    const child = execFile('npx', args, { cwd, env, encoding: 'utf8', timeout: 110_000 }, (error, stdout, stderr) => {
      const status = error ? Number(error.code ?? 1) : 0;
      resolve({ status, output: stdout + stderr });
    });
    child.stdin?.end();
  });
}

const sources = (root: string) => {
  const files = snapshot(root);
  return Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith('node_modules')));
};

describe('npx codemod migrate-worker-token', () => {
  it('runs the package from the registry, lists the sites, and migrates', async () => {
    const root = withCodemod(APP);

    const { status, output } = await npx(root, 'codemod', 'migrate-worker-token', '--no-interactive');

    expect({ status, output }).toMatchObject({ status: 0 });
    expect(registry.asked[0]).toBe('/api/v1/registry/packages/migrate-worker-token');
    expect(output).toContain("src/profile.ts:2: const stored = localStorage.getItem('worker_credentials');");
    expect(output).toContain('1 migrated, 3 files changed');
    expect(sources(root)['src/profile.ts']).toContain(PROFILE_AFTER);
    expect(sources(root)['src/other.ts']).toBe(APP['src/other.ts']);
  });

  it('verbatim, on a terminal, asks before it runs the engine', async () => {
    const root = withCodemod(APP);

    const { status, text } = await onTerminal(['npx', 'codemod', 'migrate-worker-token'], {
      ...{ cwd: root, env: { ...environment(), TERM: 'xterm' } },
      replies: [[/y\/N/, 'y\r']],
    });

    expect({ status, text }).toMatchObject({ status: 0 });
    expect(sources(root)['src/profile.ts']).toContain(PROFILE_AFTER);
  });

  it('hands options on, and can be taken back', async () => {
    const root = withCodemod(APP);

    const { output } = await npx(
      root,
      ...[
        'codemod',
        'migrate-worker-token',
        '--no-interactive',
        '--param',
        'args=--no-verify --no-install-dep --report out.json',
      ],
    );

    expect(output).toContain('Report: out.json');
    expect(sources(root)['package.json']).toBe(APP['package.json']);
    const undo = "require(process.argv[1]).main(['--undo'])";
    execFileSync(process.execPath, ['-e', undo, path.join(folder, 'dist/engine.cjs')], { cwd: root });
    expect(sources(root)['src/profile.ts']).toBe(PROFILE);
  });

  it('with --dry-run lists the sites and writes nothing', async () => {
    const root = withCodemod(APP);

    const { status, output } = await npx(root, 'codemod', 'migrate-worker-token', '--no-interactive', '--dry-run');

    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain('src/profile.ts:2:');
    expect(sources(root)).toMatchObject(APP);
  });

  it('refuses uncommitted changes, before anything is written', async () => {
    const root = withCodemod(APP);
    fs.appendFileSync(path.join(root, 'src/other.ts'), '// dirty\n');

    const { status } = await npx(root, 'codemod', 'migrate-worker-token', '--no-interactive');

    expect(status).not.toBe(0);
    expect(sources(root)['src/profile.ts']).toBe(PROFILE);
  });

  it('is no failure where sites are left for a person', async () => {
    const left = "export const save = (text: string) => localStorage.setItem('worker_credentials', text);\n";
    const root = withCodemod({ ...APP, 'src/left.ts': left });

    const { status, output } = await npx(root, 'codemod', 'migrate-worker-token', '--no-interactive', ...QUICK);

    expect(status).toBe(0);
    expect(output).toContain('Left for you');
  });
});

describe('from disk', () => {
  it('npx codemod run ./codemods/migrate-worker-token migrates without a registry', async () => {
    const root = withCodemod(APP);
    fs.cpSync(folder, path.join(root, 'codemods/migrate-worker-token'), { recursive: true });
    fs.appendFileSync(path.join(root, '.gitignore'), 'codemods\n');
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qam', 'ignore'], {
      cwd: root,
    });
    const asked = registry.asked.length;

    const { status, output } = await npx(
      root,
      'codemod',
      'run',
      './codemods/migrate-worker-token',
      '--no-interactive',
      ...QUICK,
    );

    expect({ status, output }).toMatchObject({ status: 0 });
    expect(registry.asked).toHaveLength(asked);
    expect(sources(root)['src/profile.ts']).toContain(PROFILE_AFTER);
  });

  it('runs folder by folder with the sharded workflow', async () => {
    const app = (name: string) =>
      Object.fromEntries(Object.entries(APP).map(([file, text]) => [`packages/${name}/${file}`, text]));
    const root = withCodemod({ ...app('one'), ...app('two'), 'package.json': '{}\n' });

    const workflow = path.join(folder, 'workflow-sharded.yaml');
    const { status, output } = await npx(
      root,
      'codemod',
      'workflow',
      'run',
      '-w',
      workflow,
      '--no-interactive',
      ...QUICK,
    );

    expect({ status, output }).toMatchObject({ status: 0 });
    expect(sources(root)['packages/one/src/profile.ts']).toContain(PROFILE_AFTER);
    expect(sources(root)['packages/two/src/profile.ts']).toContain(PROFILE_AFTER);
  });

  it.each(['workflow.yaml', 'workflow-sharded.yaml'])('%s is valid', async (name) => {
    const root = withCodemod({});
    const validated = await npx(root, 'codemod', 'workflow', 'validate', '-w', path.join(folder, name));

    expect(validated).toMatchObject({ status: 0 });
  });

  it('is small enough to be published, and has the version of the npm package', () => {
    expect(fs.statSync(path.join(home, 'package.tgz')).size).toBeLessThan(10 * 1024 * 1024);
    const { version } = JSON.parse(fs.readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
    expect(fs.readFileSync(path.join(PACKAGE, 'codemod.yaml'), 'utf8')).toContain(`\nversion: '${version}'\n`);
  });
});
