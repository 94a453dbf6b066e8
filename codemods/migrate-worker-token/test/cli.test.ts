/** The command as people run it: a migration, wrong use, and what it prints where. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { APP, buildCli, committed, PROFILE, PROFILE_AFTER, runCli } from './built-cli.js';
import { jsonViolations } from './json-schema.js';
import { project, snapshot } from './project.js';

let command: string;
beforeAll(async () => void (command = await buildCli('cli-test')), 120_000);
const cli = (cwd: string, args: string[], env?: NodeJS.ProcessEnv) => runCli(command, cwd, args, env);

describe('a migration', () => {
  it('migrates, adds the dependency, says what to do next, and changes nothing when run again', () => {
    const root = committed(APP);

    const first = cli(root, ['--report', 'report.json']);

    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain('git diff');
    expect(first.stdout).toContain('npm install');
    const after = snapshot(root);
    expect(after['src/profile.ts']).toContain(PROFILE_AFTER);
    expect(after['src/other.ts']).toBe(APP['src/other.ts']);
    expect(Object.keys((JSON.parse(after['package.json'] ?? '') as { dependencies: object }).dependencies)).toContain(
      '@worker-token/manager',
    );

    const second = cli(root, ['--force', '--report', 'report.json']);

    expect(second.status).toBe(0);
    const again = snapshot(root);
    expect({ ...again, 'report.json': '' }).toEqual({ ...after, 'report.json': '' });
  });

  it('writes a report that fits its schema and agrees with the files', () => {
    const root = committed(APP);
    cli(root, ['src', '--report', 'out/report.json', '--report', 'report.html']);

    const report = JSON.parse(fs.readFileSync(path.join(root, 'out/report.json'), 'utf8')) as Record<string, unknown>;
    expect(jsonViolations(report)).toEqual([]);
    expect(report).toMatchObject({ version: 1, root, dryRun: false, summary: { sites: 1, migrated: 1 } });
    expect(report.sites).toMatchObject([{ file: 'src/profile.ts', line: 2, status: 'migrated' }]);
    expect(fs.readFileSync(path.join(root, 'report.html'), 'utf8')).toContain('1 of 1 sites migrated');
  });

  it('--dry-run writes nothing and prints a diff that git can apply, in a dirty tree, too', () => {
    const root = committed(APP);
    fs.appendFileSync(path.join(root, 'src/other.ts'), '// dirty\n');
    const before = snapshot(root);

    const { status, stdout } = cli(root, ['--dry-run']);

    expect(status).toBe(0);
    expect(snapshot(root)).toEqual(before);
    expect(stdout).toContain('-  const stored = localStorage.getItem');
    const patch = stdout.slice(0, stdout.indexOf('\nmigrate-worker-token '));
    execFileSync('git', ['apply', '--whitespace=nowarn'], { cwd: root, input: patch });
    expect(snapshot(root)['src/profile.ts']).toContain(PROFILE_AFTER);
  });

  it('--check writes nothing and exits 1 where there is a site, 0 where there is none', () => {
    const root = committed(APP);
    const before = snapshot(root);

    expect(cli(root, ['--check']).status).toBe(1);
    expect(snapshot(root)).toEqual(before);
    expect(cli(root, ['--check', 'src/other.ts']).status).toBe(0);
  });

  it('--no-install-dep leaves package.json alone', () => {
    const root = committed(APP);
    cli(root, ['--no-install-dep']);

    expect(snapshot(root)['package.json']).toBe(APP['package.json']);
  });

  it('passes a file that does not parse over, says so and exits 1, and goes on with the others', () => {
    const root = committed({ ...APP, 'src/broken.ts': "localStorage.getItem('worker_credentials'\nconst = 1;\n" });

    const { status, stdout } = cli(root, ['--report', 'report.json']);

    expect(status).toBe(1);
    expect(stdout).toContain('src/broken.ts');
    const report = JSON.parse(fs.readFileSync(path.join(root, 'report.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({ summary: { filesUnparsable: 1, migrated: 1 } });
  });

  it('touches nothing, package.json included, where there is no site', () => {
    const root = committed({ 'package.json': '{}', 'src/a.ts': 'export const a = 1;\n' });
    const before = snapshot(root);

    const { status, stdout } = cli(root, []);

    expect(status).toBe(0);
    expect(stdout).toContain('Nothing to do.');
    expect(snapshot(root)).toEqual(before);
  });
});

describe('the git guard', () => {
  it('refuses uncommitted changes with exit 2, and goes on with --force', () => {
    const root = committed(APP);
    fs.appendFileSync(path.join(root, 'src/other.ts'), '// dirty\n');

    const refused = cli(root, []);

    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('src/other.ts');
    expect(refused.stderr).toContain('--force');
    expect(snapshot(root)['src/profile.ts']).toBe(PROFILE);
    expect(cli(root, ['--force']).status).toBe(0);
  });
});

describe('wrong use', () => {
  it.each([
    [['--dry-rum'], 'Did you mean --dry-run?'],
    [['--report'], '--report needs a value'],
    [['--report', 'x.xml'], 'must end in one of .json, .sarif, .html'],
    [['--gate', 'nowhere'], '--gate must be render or entry'],
    [['--react', 'magic'], '--react must be hooks or peek'],
    [['--preset', 'nope'], 'nope'],
    [['--tsconfig', 'nope.json'], '--tsconfig: there is no file'],
    [['--concurrency', 'many'], '--concurrency must be a whole number from 1 to 64, not "many"'],
    [['--key='], '--key needs a value: --key KEY'],
    [['--interactive'], '--interactive asks on a terminal, and there is none here'],
    [['--undo'], 'There is no migration to take back'],
    [['--undo', '--mark'], '--undo is a run of its own'],
    [['--undo', 'src', '.'], '--undo takes back one run'],
    [['--dry-run', '--check'], 'do not go together'],
    [['--dry'], 'Here it is --dry-run'],
    [['--config', 'nope.json'], 'there is no file'],
    [['src', 'nowhere'], 'There is no file or folder "nowhere"'],
    [['some-other-codemod'], 'npx codemod@latest some-other-codemod'],
    [['migrate-worker-token', 'nowhere'], 'There is no file or folder "nowhere"'],
  ])('%j exits 2 with what to do and touches nothing', (args, message) => {
    const root = committed(APP);

    const { status, stdout, stderr } = cli(root, args);

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(snapshot(root)).toEqual(APP);
  });
});

describe('the surroundings', () => {
  it('--help names every option, --version is the version', () => {
    const root = project({});

    expect(cli(root, ['--help'])).toMatchObject({ status: 0, stderr: '' });
    expect(cli(root, ['--help']).stdout).toMatch(/First time[\s\S]*--dry-run[\s\S]*--no-verify[\s\S]*Exit codes/);
    expect(
      Math.max(
        ...cli(root, ['--help'])
          .stdout.split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(115);
    expect(cli(root, ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('prints no control characters where nobody looks, and colours where they are wanted', () => {
    const root = committed(APP);

    expect(cli(root, ['--dry-run']).stdout).not.toContain('\u001b');
    expect(cli(root, ['--dry-run'], { FORCE_COLOR: '1' }).stdout).toContain('\u001b[32m');
    expect(cli(root, ['--dry-run'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).not.toContain('\u001b');
  });

  it('says in CI what it does, in plain lines, whatever the terminal', () => {
    const { stdout, stderr } = cli(committed(APP), [], { CI: '1', TERM: 'xterm-256color' });

    expect(stderr).toMatch(/^Looking for [^\n]+\nDeciding [^\n]+\nChecking [^\n]+\nWriting …\n$/);
    // eslint-disable-next-line no-control-regex
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  it('takes `migrate-worker-token` as a first word for itself', () => {
    expect(cli(committed(APP), ['migrate-worker-token', '--check']).status).toBe(1);
  });
});
