/** docs/configuration.md lists the presets as they are. `UPDATE_FIXTURES=1` writes the table. */
import fs from 'node:fs';
import path from 'node:path';
import { defaultSignals, PRESETS } from '@worker-token/legacy-signals';
import { expect, it } from 'vitest';
import { PRESET_GROUPS, presetNames } from '../src/options/config.js';
import type { MoreSignals } from '../src/options/signals.js';

const PAGE = path.join(import.meta.dirname, '..', 'docs', 'configuration.md');
const [START, END] = ['<!-- presets -->', '<!-- end of presets -->'];
const LISTS = ['credentialKeys', 'tokenKeys', 'expiryKeys', 'endpoints'] as const;

function table(): string {
  const code = (names: readonly string[] = []) => names.map((name) => `\`${name}\``).join(' ');
  const cells = (signals: MoreSignals) => LISTS.map((list) => code(signals[list]));
  const rows = presetNames().map((name) => {
    const group = PRESET_GROUPS[name];
    return [`\`${name}\``, ...(group ? [`${code(group)} together`, '', '', ''] : cells(PRESETS[name] ?? {}))];
  });
  const all = [['', 'credentials', 'token', 'expiry', 'endpoints'], ['(always)', ...cells(defaultSignals())], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

it('lists every preset with what it adds', () => {
  const text = fs.readFileSync(PAGE, 'utf8');
  const current = `${text.slice(0, text.indexOf(START))}${START}\n\n${table()}\n\n${text.slice(text.indexOf(END))}`;
  if (process.env['UPDATE_FIXTURES']) fs.writeFileSync(PAGE, current);
  else expect(text).toBe(current);
});
