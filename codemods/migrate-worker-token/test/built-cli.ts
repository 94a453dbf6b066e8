/** The command as people run it: the bundled file, in a process of its own, and small repositories to run it in. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'tsup';
import { project, TSCONFIG } from './project.js';

export const PACKAGE = path.dirname(import.meta.dirname);

/**
 * Inside the package, so that its dependencies are found, and beside the sources, whose declarations it then uses.
 * @param name One for each test file: they run at the same time.
 * @returns The bundled command.
 */
export async function buildCli(name: string): Promise<string> {
  const outDir = path.join(PACKAGE, 'node_modules/.cache', name);
  const manifest = fs.readFileSync(path.join(PACKAGE, 'package.json'), 'utf8');
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  await build({
    config: false,
    silent: true,
    entry: ['src/cli.ts', 'src/verify-thread.ts'].map((name) => path.join(PACKAGE, name)),
    outDir,
    format: ['esm'],
    target: 'node20',
    external: Object.keys(dependencies),
    noExternal: ['@worker-token/legacy-signals'],
    clean: true,
  });
  return path.join(outDir, 'cli.js');
}

/** This process's environment without what says where it runs. */
export function plainEnv(env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { CI: _ci, FORCE_COLOR: _force, NO_COLOR: _no, ...inherited } = process.env;
  return { ...inherited, ...env };
}

export function runCli(file: string, cwd: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const options = { cwd, encoding: 'utf8', env: plainEnv(env) } as const;
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [file, ...args], options);
  return { status, signal, stdout, stderr };
}

export const PROFILE = `export async function environment(): Promise<string> {
  const stored = localStorage.getItem('worker_credentials');
  const credentials = stored ? JSON.parse(stored) : null;
  return credentials?.environmentId ?? '';
}
`;
export const PROFILE_AFTER = 'workerTokenManager.loadCredentials()';

export const APP = {
  'package.json': '{\n  "name": "app",\n  "type": "module"\n}\n',
  'tsconfig.json': TSCONFIG,
  'src/profile.ts': PROFILE,
  'src/other.ts': 'export const other = 1;\n',
};

/** A git repository with these files, committed; it goes away with the test. */
export function committed(files: Record<string, string>): string {
  const root = project(files);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'start');
  return root;
}
