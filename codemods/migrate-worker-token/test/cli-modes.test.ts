/** `--undo`, `--mark`, `--best-effort` and `--interactive`, as people run them. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { APP, buildCli, committed, plainEnv, PROFILE, PROFILE_AFTER, runCli } from './built-cli.js';
import { snapshot } from './project.js';
import { onTerminal } from './terminal.js';

let command: string;
beforeAll(async () => void (command = await buildCli('cli-modes-test')), 120_000);
const cli = (cwd: string, ...args: string[]) => runCli(command, cwd, args);
const clean = (root: string) => execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }) === '';

describe('--undo', () => {
  it('gives back the tree, says what it put back, and has nothing to do a second time', () => {
    const root = committed(APP);
    cli(root, '--no-verify');

    expect(cli(root, '--undo', '--dry-run').stdout).toContain('3 files would be put back');
    const { status, stdout } = cli(root, '--undo');

    expect(status).toBe(0);
    expect(stdout).toBe(
      `3 files put back in ${root}\n  restored  src/profile.ts\n  restored  package.json\n  removed   src/worker-token.ts\n`,
    );
    expect(snapshot(root)).toEqual(APP);
    expect(clean(root)).toBe(true);
    expect(cli(root, '--undo')).toMatchObject({ status: 2, stdout: '' });
  });

  it('works from a folder below, after edits elsewhere, which stay', () => {
    const root = committed(APP);
    cli(root, 'src', '--no-verify');
    fs.writeFileSync(path.join(root, 'src/other.ts'), 'export const other = 2;\n');

    expect(cli(path.join(root, 'src'), '--undo').status).toBe(0);
    expect(snapshot(root)).toEqual({ ...APP, 'src/other.ts': 'export const other = 2;\n' });
  });

  it('refuses where a migrated file was changed since, names it, and leaves everything', () => {
    const root = committed(APP);
    cli(root, '--no-verify');
    fs.appendFileSync(path.join(root, 'src/profile.ts'), '// mine\n');
    const before = snapshot(root);

    const { status, stderr } = cli(root, '--undo');

    expect(status).toBe(2);
    expect(stderr).toContain('A file was changed since the migration:\n  src/profile.ts\n');
    expect(snapshot(root)).toEqual(before);
  });
});

const AUTOSAVE = `export function onKey(credentials: { environmentId: string; clientId: string; clientSecret: string }): boolean {
  try {
    localStorage.setItem('worker_credentials', JSON.stringify(credentials));
    return true;
  } catch {
    return false;
  }
}
export const saved = onKey({ environmentId: '', clientId: '', clientSecret: '' }) ? 'yes' : 'no';
`;
/** What a person makes of it. */
const asAsync = (text: string) =>
  text
    .replace('export function', 'export async function')
    .replace('): boolean', '): Promise<boolean>')
    .replace(/= (onKey\(.*?\)) \?/, '= (await $1) ?');

describe('--mark', () => {
  it('leaves a comment at a site that is left, and knows it in a second run', () => {
    const root = committed({ ...APP, 'src/save.ts': AUTOSAVE });

    expect(cli(root, '--mark').status).toBe(1);
    const once = snapshot(root);
    expect(once['src/save.ts']).toBe(
      AUTOSAVE.replace(
        '    localStorage',
        '    // TODO(worker-token): make the function async and use `await workerTokenManager.saveCredentials(…)`; until then the key is listed in `legacy.bridge`\n    localStorage',
      ),
    );

    expect(cli(root, '--mark', '--force', '--no-verify').status).toBe(1);
    expect(cli(root, '--force', '--no-verify').status).toBe(1);
    expect(snapshot(root)).toEqual(once);
    expect(cli(root, '--undo').status).toBe(0);
    expect(snapshot(root)).toEqual({ ...APP, 'src/save.ts': AUTOSAVE });
  });

  it('goes, in a run with or without marks, when the site can be migrated', () => {
    const root = committed({ ...APP, 'src/save.ts': AUTOSAVE });
    cli(root, '--mark', '--no-verify');
    const file = path.join(root, 'src/save.ts');
    const marked = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, asAsync(marked));

    expect(cli(root, '--force', '--no-verify').status).toBe(0);

    const after = fs.readFileSync(file, 'utf8');
    expect(after).toContain('await workerTokenManager.saveCredentials(');
    expect(after).not.toContain('TODO(worker-token)');
  });
});

describe('--best-effort', () => {
  it('changes what is else left, with a comment where it does not fit, and says that work is left', () => {
    const root = committed({ ...APP, 'src/save.ts': AUTOSAVE });

    const { status, stdout } = cli(root, '--best-effort', '--report', 'report.json');

    expect(status).toBe(1);
    const after = snapshot(root)['src/save.ts'] ?? '';
    expect(after).toContain('await workerTokenManager.saveCredentials(credentials)');
    expect(after).toMatch(
      /\/\/ TODO\(worker-token\): finish by hand: [^\n]+\n\/\/ TODO\(worker-token\): [^\n]+\nexport const saved/,
    );
    expect(stdout).toMatch(/1 place to finish by hand[\s\S]*src\/save\.ts:\d+/);
    const report = JSON.parse(fs.readFileSync(path.join(root, 'report.json'), 'utf8')) as {
      files: { file: string; newDiagnostics: unknown[] }[];
    };
    expect(report.files.find(({ file }) => file === 'src/save.ts')?.newDiagnostics).toMatchObject([
      { code: 'TS2801' },
      { code: 'misused-promise' },
    ]);
  });
});

const typed = (cwd: string, args: string[], answers: string[]) =>
  onTerminal([process.execPath, command, ...args], {
    ...{ cwd, env: plainEnv({ TERM: 'xterm' }) },
    replies: answers.map((answer) => [/\[y,n,a,d,q,\?\]/, `${answer}\n`]),
  });

describe('--interactive', () => {
  const TWO = { ...APP, 'src/second.ts': PROFILE.replace('environment', 'second') };

  it('changes what was agreed to, leaves the rest with its reason, and bridges the key for it', async () => {
    const root = committed(TWO);

    const { status, text } = await typed(root, ['--interactive', '--no-verify'], ['n', 'y']);

    expect(status).toBe(1);
    expect(text).toContain('declined: you chose to leave it as it is');
    const after = snapshot(root);
    expect(after['src/profile.ts']).toBe(PROFILE);
    expect(after['src/second.ts']).toContain(PROFILE_AFTER);
    expect(after['src/worker-token.ts']).toContain("bridge: ['worker_credentials']");
  });

  it('writes nothing when told to stop', async () => {
    const root = committed(TWO);

    const { status, text } = await typed(root, ['--interactive', '--no-verify'], ['y', 'q']);

    expect(status).toBe(2);
    expect(text).toContain('Stopped. Nothing was written.');
    expect(snapshot(root)).toEqual(TWO);
  });

  it('shows a bar and colours on a terminal', async () => {
    const { text } = await typed(committed(APP), ['--no-verify'], []);

    expect(text).toMatch(/█+░+ +\d+ %/);
    expect(text).toContain('\u001b[32m');
  });
});

describe('--concurrency', () => {
  const SAYS = "import {isMainThread} from 'node:worker_threads'; if (!isMainThread) process.stderr.write('thread ');";
  const COUNT_THREADS = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SAYS)}` };
  const WRONG = `export function read(): string | null {
  return localStorage.getItem('worker_token');
}
`;
  const project = (name: string) =>
    Object.fromEntries(
      Object.entries({ ...APP, 'src/read.ts': WRONG }).map(([file, text]) => [`${name}/${file}`, text]),
    );

  it('checks projects on several threads, with the same outcome as on one', () => {
    const files = { ...project('one'), ...project('two'), ...project('three') };
    const [alone, together] = [committed(files), committed(files)];

    const threads = runCli(command, together, ['--concurrency', '3', '--report', 'r.json'], COUNT_THREADS);
    expect(threads.stderr).toBe('thread thread thread ');
    expect(cli(alone, '--report', 'r.json').status).toBe(threads.status);

    const outcome = (root: string) => {
      const { 'r.json': report = '', ...rest } = snapshot(root);
      const { sites, files: list, summary, verification } = JSON.parse(report) as Record<string, unknown>;
      return { rest, sites, list, summary, verification };
    };
    expect(outcome(together)).toEqual(outcome(alone));
    expect(outcome(together).rest['three/src/profile.ts']).toContain(PROFILE_AFTER);
  }, 300_000);

  it('says where a type error in one of several projects comes from', () => {
    const root = committed({ ...project('one'), ...project('two'), 'two/src/save.ts': AUTOSAVE });

    const { stdout } = cli(root, '--concurrency', '2', '--best-effort', '--dry-run');

    expect(stdout).toMatch(/two\/src\/save\.ts:\d+ {2}TS2801/);
  });
});
