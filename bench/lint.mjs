// What the ESLint plugin costs on a tree of yours: `node bench/lint.mjs <folder> [--name outline] [--reports] [--write]`. Needs the built
// packages (`npm run build`). Lints every ts, tsx, js and jsx file three times, with js and ts recommended and with this plugin's
// `recommended` (`--stats`), takes the median of the three for each file, and prints the plugin's share of the lint time, the 99th
// percentile of a file, and what was reported. Also a file that grows: time per call must stay.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import js from '@eslint/js';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import workerToken from '../packages/eslint-plugin/dist/index.js';
import { machine, writeSection } from './lint-report.mjs';

const folder = process.argv[2];
if (!folder || folder.startsWith('--')) {
  console.error('Expected the folder of a source tree. Example: node bench/lint.mjs ../outline');
  process.exit(2);
}

const { version } = createRequire(import.meta.url)('eslint/package.json');
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const sum = (values) => values.reduce((total, value) => total + value, 0);
const ofPlugin = (rules = {}) =>
  sum(Object.entries(rules).map(([rule, { total }]) => (rule.startsWith('worker-token/') ? total : 0)));

async function once() {
  const eslint = new ESLint({
    cwd: resolve(folder),
    stats: true,
    overrideConfigFile: true,
    ignorePatterns: ['**/node_modules/**', '**/dist/**', '**/*.min.js'],
    overrideConfig: [
      { linterOptions: { reportUnusedDisableDirectives: 'off' } },
      js.configs.recommended,
      ...tseslint.configs.recommended.map((config) => ({ files: ['**/*.{ts,tsx,js,jsx}'], ...config })),
      { files: ['**/*.{ts,tsx,js,jsx}'], ...workerToken.configs.recommended },
    ],
  });
  const results = await eslint.lintFiles(['**/*.{ts,tsx,js,jsx}']);
  const passes = results.map(({ stats }) => stats.times.passes[0] ?? { parse: { total: 0 }, total: 0 });
  const reports = results.flatMap(({ filePath, messages }) =>
    messages
      .filter(({ ruleId, fatal }) => fatal || ruleId?.startsWith('worker-token/'))
      .map(({ ruleId, line, message }) => `${filePath}:${line} ${ruleId ?? 'fatal'} ${message}`),
  );
  return { own: passes.map(({ rules }) => ofPlugin(rules)), total: passes.map(({ total }) => total), reports };
}

/** Milliseconds that the plugin's rules take for a file with so many writes; the least of five. */
async function generated(calls) {
  const eslint = new ESLint({
    stats: true,
    overrideConfigFile: true,
    overrideConfig: [workerToken.configs.recommended],
  });
  const code = Array.from({ length: calls }, (_, at) => `localStorage.setItem('access_token_${at}', token${at});`);
  let least = Infinity;
  for (let run = 0; run < 5; run += 1) {
    const [result] = await eslint.lintText(code.join('\n'), { filePath: 'page.js' });
    least = Math.min(least, ofPlugin(result.stats.times.passes[0].rules));
  }
  return least;
}

const runs = [await once(), await once(), await once()];
const byFile = (of) => runs[0].own.map((_, at) => median(runs.map((run) => of(run)[at] ?? 0)));
const own = byFile((run) => run.own);
const total = byFile((run) => run.total);
const share = (sum(own) / sum(total)) * 100;
const p99 = own.toSorted((a, b) => a - b)[Math.floor(own.length * 0.99)] ?? 0;
const [few, many] = [await generated(200), await generated(2_000)];
const lines = [
  ['files', own.length],
  ['whole lint, js + ts recommended and the plugin', `${(sum(total) / 1000).toFixed(1)} s`],
  ['the plugin’s six rules', `${(sum(own) / 1000).toFixed(2)} s`],
  ['its share', `${share.toFixed(2)} %`],
  ['99th percentile of a file', `${p99.toFixed(2)} ms`],
  ['a generated file of 200 / 2 000 `setItem` calls', `${few.toFixed(1)} / ${many.toFixed(1)} ms`],
  ['reports', runs[0].reports.length],
];
for (const [what, value] of lines) console.log(`${what.padEnd(50)} ${value}`);
if (process.argv.includes('--reports')) console.log(runs[0].reports.join('\n'));
if (process.argv.includes('--write')) {
  const at = process.argv.indexOf('--name');
  const name = at > 0 ? process.argv[at + 1] : 'a public tree';
  await writeSection('What linting costs', [
    `\`npm run build && node bench/lint.mjs <folder> --write\`. ${name}, ESLint ${version}, ${machine}. The median of three runs for each file.`,
    '',
    '| | |',
    '| --- | ---: |',
    ...lines.map(([what, value]) => `| ${what} | ${value} |`),
  ]);
}
