// `node bench/codemod.mjs [folder] [--write] [--quick]`: the codemod on a tree of 7 000 files and more, beside others, in one run. Without a folder it
// makes a tree by rule. Works on copies; needs the built package. `--write` puts the tables into docs/benchmarks.md. Takes some minutes;
// `--quick` runs each once and leaves growth out.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BIN, codemod, measure, median, seconds, table, where, writeSection } from './codemod-measure.mjs';
import { addSites, copyTree, makeTree, SITES, sourcesOf } from './codemod-tree.mjs';

const PEERS = fileURLToPath(new URL('codemod-peers.mjs', import.meta.url));
const ROUNDS = 5;
const isQuick = process.argv.includes('--quick');
const given = process.argv.slice(2).find((word) => !word.startsWith('--'));
const home = mkdtempSync(join(tmpdir(), 'worker-token-bench-'));
const megabytes = (mb) => `${Math.round(mb)} MB`;
const of = (runs, name) => median(runs.map((run) => run[name]));

/** A repository of its own: the files are listed by git, as in real life. */
function prepared(name, fill) {
  const folder = join(home, name);
  mkdirSync(folder);
  fill(folder);
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], { cwd: folder });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'tree');
  return folder;
}

async function repeated(rounds, work) {
  const runs = [];
  for (let round = 0; round < (isQuick ? 1 : rounds); round++) runs.push(await work());
  return runs;
}

async function withoutSites(tree) {
  const rows = [
    ['raw read and search', ROUNDS, () => measure([PEERS, 'read', tree], tree)],
    ['**migrate-worker-token**', ROUNDS, () => measure([BIN, '--check'], tree)],
    ['jscodeshift, a transform that does nothing', 3, () => measure([PEERS, 'jscodeshift, no-op', tree], tree)],
    ['@ast-grep/napi, parse and find', 3, () => measure([PEERS, 'ast-grep, find', tree], tree)],
    ['jscodeshift, parse and find', 1, () => measure([PEERS, 'jscodeshift, parse', tree], tree)],
  ];
  const measured = [];
  for (const [name, rounds, work] of rows) {
    const runs = await repeated(rounds, work);
    measured.push([name, seconds(of(runs, 'ms')), seconds(of(runs, 'cpuMs')), megabytes(of(runs, 'peakMb'))]);
  }
  return table(['', 'wall', 'processor', 'peak memory'], measured);
}

/** `SITES` sites in 60 files. */
async function withSites(tree) {
  const rows = [];
  for (const [name, options] of [
    ['planned and rewritten', ['--no-verify']],
    ['verified as well', []],
  ]) {
    const runs = await repeated(3, () => codemod(tree, options));
    const { summary } = runs[0].report;
    const stage = (key) => seconds(median(runs.map(({ report }) => report.timings[key])));
    const stages = ['scanMs', 'planMs', 'rewriteMs', 'verifyMs'].map(stage);
    rows.push([
      name,
      `${summary.migrated} of ${summary.sites}`,
      ...stages,
      seconds(of(runs, 'ms')),
      megabytes(of(runs, 'peakMb')),
    ]);
  }
  return table(['', 'sites migrated', 'scan', 'plan', 'rewrite', 'verify', 'in all', 'peak memory'], rows);
}

/** The tree once, twice and four times, and as many sites. */
async function growth(tree) {
  const rows = [];
  for (const times of [1, 2, 4]) {
    const plain = prepared(`plain-${times}`, (folder) => copyTree(tree, folder, times));
    const scans = await repeated(3, () => measure([BIN, '--check'], plain));
    const files = sourcesOf(plain).length;
    rmSync(plain, { recursive: true, force: true, maxRetries: 5 });
    const sites = prepared(`sites-${times}`, (folder) => {
      copyTree(tree, folder, times);
      addSites(folder, times);
    });
    const plans = await repeated(3, () => codemod(sites, ['--no-verify']));
    rmSync(sites, { recursive: true, force: true, maxRetries: 5 });
    rows.push([
      `${times} ×`,
      files,
      seconds(of(scans, 'ms')),
      megabytes(of(scans, 'peakMb')),
      SITES * times,
      seconds(of(plans, 'ms')),
      megabytes(of(plans, 'peakMb')),
    ]);
  }
  return table(['', 'files', 'no sites', 'memory', 'sites', 'planned and rewritten', 'memory'], rows);
}

try {
  const tree = prepared('tree', (folder) => (given ? copyTree(resolve(given), folder, 1) : makeTree(folder)));
  const name = given ? `${basename(resolve(given))}, a public tree` : 'a tree made by rule';
  const intro = `\`npm run build && node bench/codemod.mjs [folder] --write\`: ${name}, ${sourcesOf(tree).length} files. ${where()}. ${isQuick ? 'One round' : 'Medians'}; start-up is included.`;
  const parts = [intro, `### No sites\n\n${await withoutSites(tree)}`];
  const sites = prepared('sites', (folder) => {
    copyTree(tree, folder, 1);
    addSites(folder);
  });
  parts.push(`### ${SITES} sites in 60 files\n\n${await withSites(sites)}`);
  if (!isQuick) parts.push(`### Growth\n\n${await growth(tree)}`);
  const text = parts.join('\n\n');
  console.log(text);
  if (process.argv.includes('--write')) writeSection('Codemod', text);
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
