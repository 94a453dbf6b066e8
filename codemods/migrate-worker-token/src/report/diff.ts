/** Planned changes as a unified diff, coloured where colours are wanted. */
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { FileChange } from '../types.js';
import type { Colors } from './colors.js';

export function diffOf(changes: readonly FileChange[], root: string, colors: Colors): string {
  const patches = [...changes].sort((a, b) => (a.path < b.path ? -1 : 1)).map((change) => patchOf(change, root));
  return patches
    .join('')
    .split('\n')
    .map((line) => colored(line, colors))
    .join('\n');
}

function patchOf({ path: file, before, after }: FileChange, root: string): string {
  const name = path.relative(root, file).split(path.sep).join('/');
  const patch = createTwoFilesPatch(
    before === null ? '/dev/null' : `a/${name}`,
    `b/${name}`,
    before ?? '',
    after,
    '',
    '',
    { context: 3 },
  );
  return patch.replace(/^=+\n/, '').replace(/^(---|\+\+\+) (.*?)\t?$/gm, '$1 $2');
}

function colored(line: string, colors: Colors): string {
  if (line.startsWith('+++') || line.startsWith('---')) return colors.bold(line);
  if (line.startsWith('@@')) return colors.cyan(line);
  if (line.startsWith('+')) return colors.green(line);
  return line.startsWith('-') ? colors.red(line) : line;
}
