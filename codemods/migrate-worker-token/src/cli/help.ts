/** What `--help` prints. */
import { presetNames } from '../options/config.js';
import { GROUPS, OPTIONS, type OptionGroup } from './options.js';

const WIDTH = 24;

export function helpText(): string {
  const groups = (Object.keys(GROUPS) as OptionGroup[]).map((group) => `${GROUPS[group]}\n${rowsOf(group)}`);
  return `migrate-worker-token [paths…]

Moves code that keeps PingOne worker credentials and tokens by itself (a localStorage key, a token
request, an expiry check, a timer) onto one shared worker token manager. The result is type-checked
before anything is written. What cannot be moved safely is listed, with the reason and what to write.
Without a path: the current folder.

First time
  migrate-worker-token --dry-run                       look: the diff and a summary, nothing is written
  migrate-worker-token src --report migration.html     migrate one folder, and read the report
  git diff                                             review; migrate-worker-token --undo takes it back

${groups.join('\n\n')}

Presets
${wrapped(presetNames())}

Exit codes
  0  done, nothing left
  1  done, sites left for a person (--check: there are sites)
  2  wrong use or unreadable input; nothing was written
  3  internal error: a mistake of ours

In CI
  migrate-worker-token --check --report worker-token.sarif
`;
}

function rowsOf(group: OptionGroup): string {
  const own = Object.entries(OPTIONS).filter(([, spec]) => spec.group === group);
  const rows = own.map(([name, { value, short, help }]) => {
    const words = `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
    const gap = words.length > WIDTH ? `\n${' '.repeat(WIDTH + 3)}` : ' '.repeat(WIDTH - words.length + 1);
    return `  ${words}${gap}${help}`;
  });
  return rows.join('\n');
}

function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    const line = lines.at(-1) ?? '';
    if (line.length + name.length > 90) lines.push(name);
    else lines[lines.length - 1] = line === '' ? name : `${line}, ${name}`;
  }
  return lines.map((line) => `  ${line}`).join('\n');
}
