// `npm test`: every check, one after another (two cores are shared better that way), and one closing line that adds up the
// counts of all suites. A step that fails does not stop the next one.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { migrated, migrateLegacy } from './migrate-legacy.mjs';
import { cache, env, printTimings, quiet, root, run } from './shell.mjs';
import { ensurePrograms } from './system-deps.mjs';

const results = join(cache, 'results');
const report = (name) => join(results, `${name}.json`);

/** A vitest run whose counts are added up at the end. */
function vitest(title, name, args, extraEnv = {}) {
  const code = run(
    title,
    'vitest',
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report(name)}`],
    {
      env: { ...env, ...extraEnv },
    },
  );
  return { name, code, counts: true };
}

/** A command that counts as one check. */
function command(title, name, bin, args, options) {
  return { name, code: run(title, bin, args, options) };
}

const quickChecks = () => [
  command('Types', 'types', process.execPath, [join(root, 'tooling', 'typecheck.mjs')]),
  command('Lint', 'lint', 'eslint', ['.', '--cache', '--cache-location', '.cache/eslint/']),
  command('Dead code', 'dead-code', 'knip', ['--no-progress']),
  command('Format', 'format', 'prettier', ['--check', '.', '--log-level', 'warn']),
];

/** @param specs Parts of file names; none: the whole suite. */
function endToEnd(target, ...specs) {
  const args = ['--config', 'e2e/vitest.config.ts', ...specs];
  return vitest(`End to end: ${target}`, `e2e-${target}`, args, { E2E_TARGET: target });
}

/** The sample app after the React Compiler. */
function compiledSuites(...specs) {
  const args = ['build', '--config', 'vite.compiled.config.ts', '--logLevel', 'warn'];
  const cwd = join(root, 'apps', 'sample');
  const built = command('Building the sample app with the React Compiler', 'compiled-build', 'vite', args, {
    cwd,
    env: { ...env, PATH: `${join(cwd, 'node_modules', '.bin')}:${env.PATH}` },
  });
  return built.code === 0 ? [built, endToEnd('compiled', ...specs)] : [built];
}

function browserSuites() {
  const suites = [
    vitest('Storage in Chromium', 'e2e-storage', ['--config', 'e2e/vitest.storage.config.ts']),
    endToEnd('legacy'),
    endToEnd('sample'),
    // One spec with much state here, the others in `test:full`.
    ...compiledSuites('specs/added/records'),
  ];
  suites.push(command('Types of the migrated legacy app', 'migrated-types', 'tsc', ['--noEmit', '-p', migrated]));
  const built = command('Building the migrated legacy app', 'migrated-build', 'vite', ['build', '--logLevel', 'warn'], {
    cwd: migrated,
    env: { ...env, PATH: `${join(migrated, 'node_modules', '.bin')}:${env.PATH}` },
  });
  suites.push(built);
  if (built.code === 0) suites.push(endToEnd('migrated'));
  return suites;
}

function countsOf({ name, code, counts }) {
  if (!counts) return code === 0 ? [1, 0, 0] : [0, 1, 0];
  if (!existsSync(report(name))) return [0, 1, 0];
  const json = JSON.parse(readFileSync(report(name), 'utf8'));
  const failed = json.numFailedTests;
  return [json.numPassedTests, code !== 0 && failed === 0 ? 1 : failed, json.numPendingTests + json.numTodoTests];
}

/** What failed - at last, or before it passed on a second try - once more, where the end of a long log is all that one gets to see. */
function failuresOf({ name, counts }, status) {
  if (!counts || !existsSync(report(name))) return [];
  const { testResults } = JSON.parse(readFileSync(report(name), 'utf8'));
  return testResults.flatMap(({ name: file, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === status && test.failureMessages.length > 0);
    const texts = failed.map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`);
    if (status === 'failed' && failed.length === 0 && message) texts.push(message);
    return texts.map((text) => `  ${relative(root, file)}: ${text.split('\n').slice(0, 12).join('\n    ')}`);
  });
}

function printFailures(suites) {
  for (const suite of suites) {
    if (suite.code !== 0) console.log([`✖ ${suite.name}`, ...failuresOf(suite, 'failed')].join('\n'));
    const flaky = failuresOf(suite, 'passed');
    if (flaky.length > 0) console.log([`⚠ ${suite.name}: passed on the second try`, ...flaky].join('\n'));
  }
}

function close(suites) {
  printTimings();
  const sums = suites
    .map(countsOf)
    .reduce((sum, counts) => sum.map((value, index) => value + counts[index]), [0, 0, 0]);
  printFailures(suites);
  const [passed, failed, skipped] = sums;
  writeFileSync(join(results, 'summary.json'), JSON.stringify({ passed, failed, skipped }));
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exit(failed ? 1 : 0);
}

function begin() {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
}

export function test({ build }) {
  begin();
  ensurePrograms();
  build();
  migrateLegacy();
  const suites = [
    ...quickChecks(),
    vitest('Unit and property tests, and the packages as strangers use them', 'unit', []),
  ];
  if (env.CHROMIUM_PATH) suites.push(...browserSuites());
  else console.warn('⚠ No Chromium: the end-to-end tests on legacy, migrated legacy and sample were left out.');
  close(suites);
}

/** Where this work left the main branch, so that everything of it is checked; without one the last commit. */
function base() {
  const { code, out } = quiet('git', ['merge-base', 'HEAD', 'origin/main']);
  return code === 0 ? out.trim() : 'HEAD';
}

/** What a contributor runs before a commit: the unit tests that import what changed. Suites, browsers and releases are for `npm test`. */
export function check() {
  begin();
  const changed = ['--changed', base(), '--passWithNoTests', 'src/'];
  close([...quickChecks(), vitest('Unit tests of what changed', 'unit', changed)]);
}

/** Some suites alone, by the names of vitest.config.ts. */
export function suites(names) {
  begin();
  close([
    vitest(
      `Suites: ${names.join(', ')}`,
      'unit',
      names.flatMap((name) => ['--project', name]),
    ),
  ]);
}

/** The long measurements: the same suites with their full counts. */
export function testFull({ build }) {
  begin();
  ensurePrograms();
  build();
  const long = vitest('Long runs', 'full', [], { TEST_FULL: '1' });
  close([long, ...(env.CHROMIUM_PATH ? compiledSuites() : [])]);
}
