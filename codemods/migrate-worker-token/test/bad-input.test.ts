/** What people's folders hold besides good code: the command says what it could not do, and does the rest. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { APP, buildCli, committed, PROFILE, PROFILE_AFTER, runCli } from './built-cli.js';
import { project, snapshot, TSCONFIG } from './project.js';

let command: string;
beforeAll(async () => void (command = await buildCli('bad-input-test')), 120_000);
const cli = (cwd: string, ...args: string[]) => runCli(command, cwd, ['--no-verify', ...args]);
const verified = (cwd: string, ...args: string[]) => runCli(command, cwd, args);
const text = (root: string, name: string) => fs.readFileSync(path.join(root, name), 'utf8');

describe('files that are odd', () => {
  it('passes over a file that does not parse, with the place and the reason, and migrates the others', () => {
    const root = committed({ ...APP, 'src/broken.ts': "const a = ;\nlocalStorage.getItem('worker_credentials');\n" });

    const { status, stdout } = cli(root);

    expect(status).toBe(1);
    expect(stdout).toMatch(/src\/broken\.ts/);
    expect(text(root, 'src/profile.ts')).toContain(PROFILE_AFTER);
  });

  it.each([
    ['in one line', `var e=localStorage.getItem("worker_credentials");${'x=1;'.repeat(2_000)}`.repeat(650)],
    ['in many lines', `var e = localStorage.getItem('worker_credentials');\n${'var x = 1;\n'.repeat(500_000)}`],
  ])('leaves a bundle of five megabytes %s unparsed, and says that it was passed over', (_, bundle) => {
    const root = committed({ ...APP, 'src/app.js': `${bundle}\n` });
    const before = text(root, 'src/app.js');

    const { status, stdout } = cli(root, '--report', 'report.json');

    expect(status).toBe(0);
    expect(stdout).toContain('1 file passed over: bundles, backups, generated files');
    expect(text(root, 'src/app.js')).toBe(before);
    expect(JSON.parse(text(root, 'report.json'))).toMatchObject({ summary: { filesUnparsable: 0, migrated: 1 } });
    expect(text(root, 'report.json')).toContain('"src/app.js"');
  });

  it('leaves a file that is not UTF-8, says so, and migrates the others', () => {
    const root = committed(APP);
    const latin = Buffer.concat([
      Buffer.from(`${PROFILE}export const name = 'caf`),
      Buffer.from([0xe9]),
      Buffer.from("';\n"),
    ]);
    fs.writeFileSync(path.join(root, 'src/latin.ts'), latin);

    const { status, stdout } = cli(root, '--force');

    expect(status).toBe(1);
    expect(stdout).toContain('it is not UTF-8');
    expect(fs.readFileSync(path.join(root, 'src/latin.ts')).equals(latin)).toBe(true);
    expect(text(root, 'src/profile.ts')).toContain(PROFILE_AFTER);
  });

  it('keeps Windows line ends and the byte order mark', () => {
    const windows = `\uFEFF${PROFILE.replaceAll('\n', '\r\n')}`;
    const root = committed({ ...APP, 'src/profile.ts': windows });

    expect(cli(root).status).toBe(0);

    const after = text(root, 'src/profile.ts');
    expect(after).toContain(PROFILE_AFTER);
    expect(after.startsWith('\uFEFF')).toBe(true);
    expect(after).not.toMatch(/(?<!\r)\n/);
  });

  it('migrates in folders with spaces and letters of all kinds', () => {
    const root = committed({ ...APP, 'src/мой код/größe (1).ts': PROFILE });

    expect(cli(root).status).toBe(0);

    expect(text(root, 'src/мой код/größe (1).ts')).toContain(PROFILE_AFTER);
  });

  it('goes around symbolic links that lead back', () => {
    const root = project(APP);
    fs.symlinkSync('..', path.join(root, 'src/loop'));
    fs.symlinkSync('nowhere', path.join(root, 'src/gone.ts'));

    expect(cli(root, '--force').status).toBe(0);

    expect(text(root, 'src/profile.ts')).toContain(PROFILE_AFTER);
  });

  it('replaces a file that is marked as read-only, and keeps the mark', () => {
    const root = committed(APP);
    fs.chmodSync(path.join(root, 'src/profile.ts'), 0o444);

    expect(cli(root).status).toBe(0);

    expect(text(root, 'src/profile.ts')).toContain(PROFILE_AFTER);
    expect(fs.statSync(path.join(root, 'src/profile.ts')).mode & 0o777).toBe(0o444);
  });
});

describe('projects that are odd', () => {
  it('checks a project without a tsconfig', () => {
    const { 'tsconfig.json': _, ...files } = APP;
    const root = committed(files);

    expect(verified(root).status).toBe(0);
    expect(text(root, 'src/profile.ts')).toContain(PROFILE_AFTER);
  });

  it.each([
    ['is cut off', '{ "compilerOptions": ', 'tsconfig.json: Expression expected.'],
    [
      'extends a package that is not installed',
      '{ "extends": "@acme/tsconfig/react.json", "include": ["src"] }',
      "tsconfig.json: File '@acme/tsconfig/react.json' not found.",
    ],
    [
      'extends a file that is not there',
      '{ "extends": "../base.json", "include": ["src"] }',
      "tsconfig.json: Cannot read file '",
    ],
    [
      'extends a file that is broken',
      '{ "extends": "./broken.json", "include": ["src"] }',
      "tsconfig.json: '}' expected.",
    ],
  ])('checks as far as it can with a tsconfig that %s, and says what it assumed', (_, tsconfig, problem) => {
    const wrong = "import { total } from './sum';\nexport const n: number = total;\n";
    const root = committed({
      ...APP,
      'tsconfig.json': tsconfig,
      'broken.json': '{ "compilerOptions": { "strict": true',
      'src/sum.ts': "export const total = 'one';\n",
      'src/page.tsx': `${wrong}${PROFILE}`,
    });

    const { status, stdout, stderr } = verified(root, '--report', 'report.json');

    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('rror') });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(problem);
    expect(stdout).toContain('where that says nothing: strict');
    expect(stdout).toContain('1 before, 1 after');
    expect(text(root, 'src/profile.ts')).toContain(PROFILE_AFTER);
    expect(JSON.parse(text(root, 'report.json')).assumptions).toHaveLength(1);
  });

  it('names the tsconfig that was asked for and is broken, and changes nothing', () => {
    const root = committed({ ...APP, 'tsconfig.app.json': '{ "compilerOptions": ' });

    const { status, stderr } = verified(root, '--tsconfig', 'tsconfig.app.json');

    expect(status).toBe(2);
    expect(stderr).toContain('tsconfig.app.json cannot be read');
    expect(text(root, 'src/profile.ts')).toBe(PROFILE);
  });

  it('leaves a package.json that is broken, and migrates the code', () => {
    const root = committed({ ...APP, 'package.json': '{ "name": ' });

    expect(verified(root).status).toBe(0);
    expect(text(root, 'package.json')).toBe('{ "name": ');
    expect(text(root, 'src/profile.ts')).toContain(PROFILE_AFTER);
  });

  it('checks each package with its own tsconfig', () => {
    const part = (name: string) => ({
      [`${name}/package.json`]: `{ "name": "${name}", "type": "module" }`,
      [`${name}/tsconfig.json`]: TSCONFIG,
      [`${name}/src/profile.ts`]: PROFILE,
    });
    const root = committed({ 'package.json': '{ "private": true }', ...part('one'), ...part('two') });

    expect(verified(root).status).toBe(0);
    for (const name of ['one', 'two']) {
      expect(text(root, `${name}/src/profile.ts`)).toContain(PROFILE_AFTER);
      expect(text(root, `${name}/src/worker-token.ts`)).toContain('configureWorkerTokenManager');
      expect(text(root, `${name}/package.json`)).toContain('@worker-token/manager');
    }
  });

  it('says that there is no git, and what to do', () => {
    const root = project(APP);

    const { status, stderr } = cli(root);

    expect(status).toBe(2);
    expect(stderr).toMatch(/git/);
    expect(stderr).toContain('--force');
    expect(snapshot(root)).toEqual(APP);
  });

  it('has nothing to do in an empty folder', () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'worker-token-empty-'));
    onTestFinished(() => fs.rmSync(root, { recursive: true }));

    const { status, stdout } = cli(root, '--force');

    expect({ status, names: fs.readdirSync(root) }).toEqual({ status: 0, names: [] });
    expect(stdout).toContain('Nothing to do.');
  });

  it('names a path that does not exist', () => {
    const { status, stderr } = cli(committed(APP), 'src', 'sorces');

    expect(status).toBe(2);
    expect(stderr).toContain('"sorces"');
  });
});
