// Every package as the registry hands it out: what is in it, what its manifest promises, its types, and what bundlers make of it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { installedProject, type Project } from './project.js';

const { npmrc, versions, changelogs } = inject('released');
const names = Object.keys(versions).sort();
let project: Project;

beforeAll(async () => {
  project = await installedProject('types', npmrc);
});
afterAll(() => project.remove());

interface Manifest {
  version: string;
  exports: Record<string, unknown>;
  sideEffects?: boolean;
}
const folderOf = (name: string) => join(project.folder, 'node_modules', name);
const manifestOf = (name: string) => JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8')) as Manifest;

/** What may be imported of a package: `@worker-token/storage`, `@worker-token/storage/node`, … */
const entriesOf = (name: string) =>
  Object.entries(manifestOf(name).exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry]) => name + entry.slice(1));

const tarballs = new Map<string, Buffer>();

async function tarball(name: string): Promise<Buffer> {
  const known = tarballs.get(name);
  if (known) return known;
  const { stdout } = await project.run('npm', 'pack', name, '--json', '--prefer-offline');
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  const data = readFileSync(join(project.folder, packed?.filename ?? ''));
  tarballs.set(name, data);
  return data;
}

describe.each(names)('%s', (name) => {
  it('has the version that was released, and the changes of it', () => {
    expect(manifestOf(name).version).toBe(versions[name]);
    expect(changelogs[name]).toContain(`\n## ${versions[name] ?? ''}\n`);
  });

  it('passes publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: folderOf(name), strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has what it should, and neither sources, tests nor a range of the workspace', async () => {
    const list = execFileSync('tar', ['-tz'], { input: await tarball(name), encoding: 'utf8' }).split('\n');
    expect(list).toEqual(expect.arrayContaining(['package/README.md', 'package/LICENSE']));
    expect(list.filter((file) => /\/src\/|\.test\./.test(file))).toEqual([]);
    const manifest = readFileSync(join(folderOf(name), 'package.json'), 'utf8');
    expect(manifest).not.toMatch(/workspace:|catalog:|worker-token\/source/);
    expect(JSON.parse(manifest)).toMatchObject({ license: 'MIT', repository: { type: 'git' }, sideEffects: false });
  });

  it('has types that are right wherever they are resolved', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await tarball(name)), {
      // run by jscodeshift, imported by nobody
      excludeEntrypoints: ['./transform.js'],
    });
    if (!analysis.types) throw new Error(`${name} has no types.`);
    // ES modules only, for resolutions that know `exports`: `require` of them works since Node 20.19
    const wrong = analysis.problems.filter(
      (problem) =>
        problem.kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
    );
    expect(wrong).toEqual([]);
  });

  it('gives every entry to import and to require, which changes no global', async () => {
    for (const entry of entriesOf(name)) {
      const code = `const globals = () => Object.getOwnPropertyNames(globalThis).join();
        const before = globals();
        const names = Object.keys(await import('${entry}'));
        console.log(names.length > 0, globals() === before);`;
      expect(await project.run('node', '--input-type=module', '-e', code)).toMatchObject({ stdout: 'true true\n' });
    }
    const code = entriesOf(name).map((entry) => `require('${entry}')`);
    expect(await project.run('node', '--input-type=commonjs', '-e', code.join(';'))).toMatchObject({ status: 0 });
  });
});

describe('a bundler', () => {
  const inPage = () =>
    ['@worker-token/storage', '@worker-token/manager', '@worker-token/react'].flatMap((name) =>
      entriesOf(name).filter((entry) => !entry.endsWith('/node')),
    );

  async function bundle(code: string): Promise<string> {
    const { outputFiles, warnings } = await build({
      stdin: { contents: code, resolveDir: project.folder },
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      platform: 'browser',
      external: ['react', 'react-dom'],
      logLevel: 'silent',
    });
    // `sideEffects: false` makes it leave out what is imported for nothing
    expect(warnings.filter(({ id }) => id !== 'ignored-bare-import')).toEqual([]);
    return outputFiles[0]?.text ?? '';
  }

  it('finds nothing of Node in what pages import', async () => {
    for (const entry of inPage()) {
      const text = await bundle(`export * from '${entry}'`);
      expect(text.length, entry).toBeGreaterThan(20);
      expect(text, entry).not.toMatch(/["']node:|\bprocess\.(?!env)/);
    }
  });

  it('drops what is imported and not used', async () => {
    for (const entry of inPage()) {
      const text = await bundle(`import '${entry}';`);
      expect(text.trim(), entry).toBe('');
    }
  });
});

describe('ESLint', () => {
  it('shows the plugin with its name and version', async () => {
    const code = `import plugin from '@worker-token/eslint-plugin'; console.log(plugin.meta.name, plugin.meta.version)`;
    const { stdout } = await project.run('node', '--input-type=module', '-e', code);
    expect(stdout.trim()).toBe(`@worker-token/eslint-plugin ${versions['@worker-token/eslint-plugin'] ?? ''}`);
  });
});

describe('TypeScript', () => {
  it.each(['bundler', 'nodenext'])(
    'compiles uses of all packages with moduleResolution %s, libraries too',
    async (resolution) => {
      const { status, stdout } = await project.run('npx', 'tsc', '-p', `tsconfig.${resolution}.json`);
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    },
  );
});
