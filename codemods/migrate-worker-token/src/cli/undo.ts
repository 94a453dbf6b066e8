/** `--undo`: says what was put back, or why not. Putting it back is done in write/. */
import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.js';
import { colorsFor } from '../report/colors.js';
import { undo } from '../write/undo.js';
import type { CommandLine } from './arguments.js';
import type { Surroundings } from './surroundings.js';

/** @throws UsageError for several paths; else what undo() throws. */
export function undoFor({ paths, dryRun }: CommandLine, { cwd, env, stdout }: Surroundings): 0 {
  const [start = '.', second] = paths;
  if (second !== undefined) {
    throw new UsageError(`--undo takes back one run: give one folder at most, not "${start}" and "${second}".`);
  }
  const folder = fs.realpathSync(path.resolve(cwd, start));
  const { base, restored, removed } = undo(fs.statSync(folder).isDirectory() ? folder : path.dirname(folder), dryRun);
  const colors = colorsFor(stdout, env);
  const lines = [
    ...restored.map((name) => `  ${colors.green('restored')}  ${name}`),
    ...removed.map((name) => `  ${colors.yellow('removed')}   ${name}`),
  ];
  const count = restored.length + removed.length;
  const head = `${count} file${count === 1 ? '' : 's'} ${dryRun ? 'would be put back' : 'put back'} in ${base}`;
  const none = 'The last run was interrupted before it changed a file; what it had begun is cleared away.';
  stdout.write(`${count > 0 ? [colors.bold(head), ...lines].join('\n') : none}\n`);
  return 0;
}
