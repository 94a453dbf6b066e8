// `node bench/codemod-trees.mjs <folder>… [--write]`: the codemod on code bases that have nothing of ours. Says how many edits (none, one
// hopes) and how long. Twice each: as it is, and with every file that names a web storage or `fetch` parsed and planned. Writes nothing there.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { codemod, seconds, table, where, writeSection } from './codemod-measure.mjs';
import { sourcesOf } from './codemod-tree.mjs';

const folders = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (folders.length === 0) {
  console.error('Expected folders of source trees. Example: node bench/codemod-trees.mjs ../localForage ../outline');
  process.exit(2);
}

/** Keys that no storage has, and that stand in every file that uses one: they only open the files. */
const OPENED = ['localStorage', 'sessionStorage', 'fetch('].flatMap((word) => ['--key', word]);

const commitOf = (folder) => {
  try {
    return execFileSync('git', ['describe', '--tags', '--always'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return '-';
  }
};

const rows = [];
for (const [folder, name = basename(resolve(folder))] of folders.map((given) => given.split('='))) {
  const hits = sourcesOf(folder).reduce(
    (sum, file) => sum + (readFileSync(file, 'utf8').match(/\b(local|session)Storage\b/g)?.length ?? 0),
    0,
  );
  const plain = await codemod(folder);
  const opened = await codemod(folder, OPENED);
  const { filesScanned, filesChanged, sites, filesUnparsable } = opened.report.summary;
  rows.push([
    name.includes('@') ? name : `${name} ${commitOf(folder)}`,
    filesScanned,
    hits,
    plain.report.summary.sites,
    plain.report.summary.filesChanged,
    seconds(plain.ms),
    sites,
    filesChanged,
    filesUnparsable,
    seconds(opened.ms),
  ]);
}
const head = [
  '',
  'files',
  'mentions of a web storage',
  'sites',
  'edits',
  'time',
  'sites, opened',
  'edits',
  'do not parse',
  'time',
];
const text = `\`node bench/codemod-trees.mjs <folder>…\`. ${where()}. “Opened”: every file that names a web storage or \`fetch(\` is parsed and planned, too.\n\n${table(head, rows)}`;
console.log(text);
if (process.argv.includes('--write')) writeSection('Codemod on public code', text);
