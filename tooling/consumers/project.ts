// Projects of strangers: a fixture copied to an empty folder, installed with npm from the registries, and run.
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../repository.js';

export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}

export interface Project {
  folder: string;
  run(command: string, ...args: string[]): Promise<Ran>;
  /** Starts what does not end by itself, and resolves with its first line. */
  start(command: string, args: string[], env?: NodeJS.ProcessEnv): Promise<Started>;
  remove(): void;
}

export interface Started {
  firstLine: string;
  stop(): Promise<void>;
}

/** One cache for all, and not the user's: what is released here changes with each run. */
const npmCache = join(root, '.cache/consumers-npm');

/** What the run of these tests may have set. With `FORCE_COLOR` beside our `NO_COLOR`, Node warns. */
const OF_THIS_RUN = new Set(['NODE_OPTIONS', 'NODE_ENV', 'VITEST', 'CI', 'FORCE_COLOR']);

/** No registry but the one that the project names, and a stranger's own machine, whatever this process was started with. */
function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.has(name))),
    npm_config_cache: npmCache,
    npm_config_update_notifier: 'false',
    NO_COLOR: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    ...extra,
  };
}

/** The versions that this repository is tested with, for everything that is not released here. */
function withCatalog(manifest: string): string {
  const catalog = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  return manifest.replace(/"([^"]+)": "catalog:"/g, (_all, name: string) => {
    const line = new RegExp(`^  '?${name}'?: (\\S+)$`, 'm').exec(catalog);
    if (!line?.[1]) throw new Error(`${name} is not in the catalog of pnpm-workspace.yaml.`);
    return `"${name}": "${line[1]}"`;
  });
}

export function emptyProject(npmrc: string): Project {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  writeFileSync(join(folder, '.npmrc'), npmrc);
  return {
    folder,
    run: (command, ...args) => run(folder, command, args),
    start: (command, args, env) => start(folder, command, args, env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function installedProject(fixture: string, npmrc: string): Promise<Project> {
  const project = emptyProject(npmrc);
  cpSync(join(import.meta.dirname, 'fixtures', fixture), project.folder, { recursive: true });
  const manifest = join(project.folder, 'package.json');
  writeFileSync(manifest, withCatalog(readFileSync(manifest, 'utf8')));
  const { status, stderr } = await project.run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline');
  if (status !== 0) throw new Error(`npm install failed in the project ${fixture}:\n${stderr}`);
  return project;
}

function run(cwd: string, command: string, args: string[]): Promise<Ran> {
  const options = { cwd, env: environment(), encoding: 'utf8', maxBuffer: 1e8 } as const;
  return new Promise((resolve) => {
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
}

async function start(cwd: string, command: string, args: string[], env?: NodeJS.ProcessEnv): Promise<Started> {
  const local = join(cwd, 'node_modules/.bin', command);
  const child = spawn(existsSync(local) ? local : command, args, { cwd, env: environment(env) });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const firstLine = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code ?? 'a signal'}: ${errors}`)));
    child.once('error', reject);
  });
  return { firstLine, stop: () => (child.kill(), ended) };
}
