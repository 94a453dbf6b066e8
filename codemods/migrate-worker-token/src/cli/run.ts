/** The command: words in, text and an exit code out. The work is done by migrate.ts. */
import fs from 'node:fs';
import path from 'node:path';
import { MigrationError, UsageError } from '../errors.js';
import { resolveOptions } from '../options/options.js';
import { openFindings } from '../report/build-report.js';
import { colorsFor } from '../report/colors.js';
import type { MigrateOptions } from '../types.js';
import type { Migration } from '../migrate.js';
import { version } from '../version.js';
import { parseCommandLine, type CommandLine } from './arguments.js';
import { exitCodeOf } from './exit-code.js';
import { helpText } from './help.js';
import { progressOn } from './progress.js';
import type { Surroundings } from './surroundings.js';

/** @returns The exit code. Never throws. */
export async function run(argv: readonly string[], io: Surroundings): Promise<0 | 1 | 2 | 3> {
  try {
    return await runChecked(argv, io);
  } catch (error) {
    if (error instanceof MigrationError) {
      io.stderr.write(`${error.message}\n`);
      return 2;
    }
    io.stderr.write(internalError(error, io.env));
    return 3;
  }
}

async function runChecked(argv: readonly string[], io: Surroundings): Promise<0 | 1> {
  const line = parseCommandLine(argv);
  if (line.help || line.version) {
    io.stdout.write(line.help ? helpText() : `${version}\n`);
    return 0;
  }
  assertIsForUs(line, io.cwd);
  if (line.undo) return (await import('./undo.js')).undoFor(line, io);
  if (line.interactive) assertTerminal(io);
  if (line.reports.length > 0) (await import('../report/write-report.js')).assertReportKinds(line.reports);
  const options = await resolveOptions(line, io.cwd);
  const { runMigration } = await import('../migrate.js');
  const progress = progressOn(io);
  const ask = line.interactive ? (await import('./ask.js')).asking(io, progress.clear) : undefined;
  const companion = { onStage: progress.show, ...(ask && { choose: ask }) };
  const migration = await runMigration(options, companion).finally(progress.clear);
  await show(migration, options, line, io);
  return exitCodeOf(migration.report, options);
}

/** One file is both bins: `codemod` is also the name of the registry's command. */
function assertIsForUs({ paths: [first] }: CommandLine, cwd: string): void {
  if (first === undefined || fs.existsSync(path.resolve(cwd, first))) return;
  throw new UsageError(
    [
      `There is no file or folder "${first}" in ${cwd}.`,
      'To migrate worker token code: migrate-worker-token src',
      `To run another codemod of that name: npx codemod@latest ${first}`,
    ].join('\n'),
  );
}

function assertTerminal({ stdin, stdout }: Surroundings): void {
  if (stdin?.isTTY === true && stdout.isTTY === true) return;
  throw new UsageError('--interactive asks on a terminal, and there is none here. To look first: --dry-run.');
}

async function show(migration: Migration, options: MigrateOptions, line: CommandLine, io: Surroundings): Promise<void> {
  const { report, changes } = migration;
  const colors = colorsFor(io.stdout, io.env);
  if (options.dryRun && changes.length > 0) {
    const { diffOf } = await import('../report/diff.js');
    io.stdout.write(`${diffOf(changes, options.root, colors)}\n`);
  }
  const [{ summaryOf }, { installCommand }] = await Promise.all([
    import('../report/summary.js'),
    import('../report/install-command.js'),
  ]);
  const manifest = changes.find((change) => path.basename(change.path) === 'package.json');
  const install = manifest ? installCommand(path.dirname(manifest.path)) : null;
  const mode = options.check ? 'check' : options.dryRun ? 'dry-run' : 'write';
  const open = openFindings(report, options.bestEffort);
  io.stdout.write(summaryOf({ report, colors, install, open, verified: options.verify, mode }));
  if (line.reports.length === 0) return;
  const { writeReport } = await import('../report/write-report.js');
  for (const file of line.reports) {
    writeReport(report, path.resolve(io.cwd, file));
    io.stdout.write(`Report: ${file}\n`);
  }
}

function internalError(error: unknown, env: NodeJS.ProcessEnv): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = env.DEBUG && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  return `Something went wrong inside migrate-worker-token: ${message}
This is a mistake of ours: please report it with this message and, if you can, the file it happened on.
DEBUG=1 shows where it happened.
${stack}`;
}
