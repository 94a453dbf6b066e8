// This plugin beside what else lints secrets, on the cases beside this file: `node packages/eslint-plugin/evaluation/peers.mjs [--write]`.
// Each tool with all of its rules that are about secrets, storage and cookies; none was written for this job. Reads the built plugin.
import { execFile } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import sdl from '@microsoft/eslint-plugin-sdl';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import noSecrets from 'eslint-plugin-no-secrets';
import security from 'eslint-plugin-security';
import sonarjs from 'eslint-plugin-sonarjs';
import workerToken from '../dist/index.js';
import { readCases, score } from './run.mjs';

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const cases = readCases();
const every = '**/*.{js,jsx,ts,tsx,mjs,cjs}';
const versionOf = (name) => require(`${name}/package.json`).version;

const languageOptions = { parser, parserOptions: { ecmaFeatures: { jsx: true } } };
const withRules = (plugin, prefix, names) => ({
  files: [every],
  languageOptions,
  plugins: { [prefix]: plugin },
  rules: Object.fromEntries(names.map((name) => [`${prefix}/${name}`, 'error'])),
});

const sonarRules = [
  'no-hardcoded-passwords',
  'no-hardcoded-secrets',
  'no-hardcoded-ip',
  'cookie-no-httponly',
  'insecure-cookie',
  'no-clear-text-protocols',
  'hardcoded-secret-signatures',
];
const linters = [
  [
    '@worker-token/eslint-plugin',
    versionOf('@worker-token/eslint-plugin'),
    [
      { files: [every], languageOptions },
      { files: [every], ...workerToken.configs.recommended },
    ],
  ],
  [
    'eslint-plugin-sonarjs',
    versionOf('eslint-plugin-sonarjs'),
    [
      withRules(
        sonarjs,
        'sonarjs',
        sonarRules.filter((name) => name in sonarjs.rules),
      ),
    ],
  ],
  [
    '@microsoft/eslint-plugin-sdl',
    versionOf('@microsoft/eslint-plugin-sdl'),
    [
      withRules(
        sdl,
        'sdl',
        ['no-cookies', 'no-insecure-url', 'no-postmessage-star-origin'].filter((name) => name in sdl.rules),
      ),
    ],
  ],
  ['eslint-plugin-no-secrets', noSecrets.meta?.version ?? '', [withRules(noSecrets, 'no-secrets', ['no-secrets'])]],
  [
    'eslint-plugin-security',
    security.meta?.version ?? '',
    [withRules(security, 'security', Object.keys(security.rules))],
  ],
];

function byLinter(config) {
  const linter = new Linter({ cwd: '/' });
  return cases.map(({ code, name }) => {
    try {
      return linter.verify(code, config, { filename: `/${name}` }).some(({ ruleId }) => ruleId !== null);
    } catch {
      return false; // a rule that needs what this ESLint no longer has says nothing
    }
  });
}

/** The cases as files, each in a folder of its own, so that a path still says what a file is. */
function asFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'lint-peers-'));
  cases.forEach(({ code, name }, at) => {
    const file = join(folder, `case-${at}`, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  });
  return folder;
}

const flaggedIn = (text) => {
  const found = new Set([...text.matchAll(/case-(\d+)[\\/]/g)].map(([, at]) => Number(at)));
  return cases.map((_, at) => found.has(at));
};

/** What a tool of its own prints; reports make it leave with an error. */
const output = async (file, args, cwd) => {
  try {
    return (await run(file, args, { cwd, maxBuffer: 1e8 })).stdout;
  } catch (error) {
    if (typeof error.stdout !== 'string') throw error;
    return error.stdout;
  }
};

async function byBiome(folder) {
  const rules = { recommended: false, suspicious: { noDocumentCookie: 'error' }, security: { noSecrets: 'error' } };
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ linter: { rules }, formatter: { enabled: false } }));
  const bin = join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin/biome');
  return flaggedIn(
    await output(process.execPath, [bin, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], folder),
  );
}

async function byOxlint(folder) {
  const rules = { 'unicorn/no-document-cookie': 'error' };
  writeFileSync(
    join(folder, '.oxlintrc.json'),
    JSON.stringify({ categories: { correctness: 'off' }, plugins: ['unicorn'], rules }),
  );
  const bin = join(dirname(require.resolve('oxlint/package.json')), 'bin/oxlint');
  return flaggedIn(await output(process.execPath, [bin, '--format=json', '.'], folder));
}

const percent = (share) => `${(share * 100).toFixed(1)} %`;

function row([name, version, flagged]) {
  const judged = cases.map((one, at) => ({ ...one, reports: flagged[at] ? ['x'] : [] }));
  const { bad, ok, hits, wrong, recall, precision } = score(judged);
  const shown = hits + wrong === 0 ? '–' : percent(precision);
  return `| ${name} ${version} | ${percent(recall)} (${hits}/${bad}) | ${shown} | ${wrong}/${ok} |`;
}

async function main() {
  const folder = asFiles();
  try {
    const rows = [
      ...linters.map(([name, version, config]) => [name, version, byLinter(config)]),
      ['Biome, `noSecrets` and `noDocumentCookie`', versionOf('@biomejs/biome'), await byBiome(folder)],
      ['oxlint, `no-document-cookie`', versionOf('oxlint'), await byOxlint(folder)],
    ].map(row);
    const table = ['| tool | recall | precision | innocent cases flagged |', '| --- | ---: | ---: | ---: |', ...rows];
    console.log(table.join('\n'));
    if (!process.argv.includes('--write')) return;
    const { writeSection } = await import('../../../bench/lint-report.mjs');
    await writeSection('Beside other linters', [
      '`npm run build && node packages/eslint-plugin/evaluation/peers.mjs --write`. On this plugin’s own evaluation set, which was written with its subject in',
      'mind; each other tool with its rules about secrets, storage and cookies. None of them was made for this job.',
      '',
      ...table,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main();
