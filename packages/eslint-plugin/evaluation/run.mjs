// Recall and precision of the plugin's `recommended` preset: `node packages/eslint-plugin/evaluation/run.mjs [folder of cases]`; without
// a folder on the cases beside this file. `--missed` lists what went wrong. Reads the built plugin unless it is given another.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';

const own = new URL('cases/', import.meta.url);

/** Cases by category, the first word of a file's name. A file is a list of cases, each opened by a line `//# bad <what>` or `//# ok <what>`, with an optional `@ file name`. */
export function readCases(folder = own) {
  return readdirSync(folder).flatMap((file) => {
    const [category = ''] = file.split('.');
    return readFileSync(new URL(file, folder), 'utf8')
      .split(/^\/\/# /m)
      .slice(1)
      .map((text) => {
        const [head = '', ...lines] = text.split('\n');
        const [, label = '', what = '', name = 'src/page.tsx'] = /^(bad|ok) ([^@]*?)(?: @ (\S+))?$/.exec(head) ?? [];
        return { category, label, what, name, code: lines.join('\n') };
      });
  });
}

/** The preset, for every kind of file that a case may be. */
export function configFor(plugin) {
  const languageOptions = { parser, parserOptions: { ecmaFeatures: { jsx: true } } };
  return [{ files: ['**/*.{js,jsx,ts,tsx,mjs,cjs}'], languageOptions }, plugin.configs.recommended];
}

export function judgeCases(plugin, LinterClass = Linter, folder = own) {
  const linter = new LinterClass({ cwd: '/' });
  const config = configFor(plugin);
  return readCases(folder).map((one) => {
    const messages = linter.verify(one.code, config, { filename: one.name });
    return {
      ...one,
      reports: messages.map(({ ruleId, message, line }) => `${line} ${ruleId ?? message}`),
      fatal: messages.some(({ fatal }) => fatal),
    };
  });
}

export function score(cases) {
  const bad = cases.filter(({ label }) => label === 'bad');
  const hits = bad.filter(({ reports }) => reports.length > 0).length;
  const wrong = cases.filter(({ label, reports }) => label === 'ok' && reports.length > 0).length;
  return {
    bad: bad.length,
    ok: cases.length - bad.length,
    hits,
    wrong,
    recall: bad.length ? hits / bad.length : 1,
    precision: hits + wrong ? hits / (hits + wrong) : 1,
  };
}

async function main() {
  const { default: plugin } = await import('../dist/index.js');
  const path = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
  const cases = judgeCases(plugin, Linter, path ? pathToFileURL(`${resolve(path)}/`) : own);
  const percent = (share) => `${(share * 100).toFixed(1)} %`.padStart(8);
  for (const category of [...new Set(cases.map((one) => one.category)), 'all']) {
    const { bad, ok, hits, wrong, recall, precision } = score(
      cases.filter((one) => category === 'all' || one.category === category),
    );
    console.log(
      `${category.padEnd(24)} recall ${percent(recall)} (${hits}/${bad})  precision ${percent(precision)} (${wrong} of ${ok} innocent flagged)`,
    );
  }
  if (!process.argv.includes('--missed')) return;
  for (const { category, label, what, code, reports, fatal } of cases)
    if (fatal || (label === 'bad') !== reports.length > 0)
      console.log(`\n${category}: ${label} ${what}\n${code.trim()}\n→ ${reports.join(', ') || 'nothing'}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
