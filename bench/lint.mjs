// What the ESLint plugin costs on a tree of yours: `node bench/lint.mjs <folder>`. Needs the built packages (`npm run build`).
// Lints every ts, tsx, js and jsx file three times, with js and ts recommended and with this plugin's `recommended`, and prints
// medians of the plugin's share of the lint time (`--stats`), the 99th percentile per file, and what it reported.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import js from '@eslint/js';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import workerToken from '../packages/eslint-plugin/dist/index.js';

const folder = process.argv[2];
if (!folder) {
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
  const own = passes.map(({ rules }) => ofPlugin(rules));
  const reports = results.flatMap(({ filePath, messages }) =>
    messages
      .filter(({ ruleId, fatal }) => fatal || ruleId?.startsWith('worker-token/'))
      .map(({ ruleId, line, message }) => `${filePath}:${line} ${ruleId ?? 'fatal'} ${message}`),
  );
  return { files: results.length, total: sum(passes.map(({ total }) => total)), own, reports };
}

const runs = [await once(), await once(), await once()];
const shares = runs.map(({ own, total }) => sum(own) / total);
const p99 = ({ own }) => own.toSorted((a, b) => a - b)[Math.floor(own.length * 0.99)] ?? 0;
console.table({
  [`ESLint ${version}`]: {
    files: runs[0].files,
    'lint, ms': Math.round(median(runs.map(({ total }) => total))),
    'plugin, ms': Math.round(median(runs.map(({ own }) => sum(own)))),
    'share, %': Number((median(shares) * 100).toFixed(2)),
    'p99 of a file, ms': Number(median(runs.map(p99)).toFixed(2)),
    reports: runs[0].reports.length,
  },
});
if (process.argv.includes('--reports')) console.log(runs[0].reports.join('\n'));
