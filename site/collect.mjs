// Brings the pages of the repository together, at the places that they have there. A link to what is no page leads to the repository.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { pages, repository, root } from './places.mjs';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'bench/README.md',
  'e2e/README.md',
  'docs/*.md',
  'docs/**/*.md',
  'apps/*/README.md',
  'codemods/*/README.md',
  'codemods/*/docs/*.md',
  'codemods/*/docs/**/*.md',
  'packages/*/README.md',
  'packages/*/docs/**/*.md',
];
const PICTURES = ['*.png', '*.svg'];
/** Pages that are HTML already, and are opened as they are. */
const WHOLE = ['codemods/migrate-worker-token/docs/guide/legacy-report.html'];

/** A page of the repository → the page of the site. */
export function placeOf(file) {
  if (file === 'README.md') return 'start.md';
  return file.replace(/README\.md$/, 'index.md');
}

export function collect() {
  rmSync(pages, { recursive: true, force: true });
  const files = tracked(PAGES);
  const known = new Set([...files, ...tracked(PICTURES)]);
  for (const file of files) write(placeOf(file), linked(readFileSync(join(root, file), 'utf8'), file, known));
  for (const file of tracked(PICTURES)) copy(file, file);
  for (const file of WHOLE) copy(file, join('public', file));
  copy('apps/sample/public/key.svg', 'public/key.svg');
  for (const name of ['report-light.png', 'report-dark.png']) copy(`docs/images/${name}`, `public/${name}`);
  write('index.md', readFileSync(join(root, 'site/home.md'), 'utf8'));
  return files;
}

function tracked(patterns) {
  const list = [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...patterns.map((one) => `:(glob)${one.startsWith('*') ? `**/${one}` : one}`),
  ];
  const { stdout, status, stderr } = spawnSync('git', list, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The pages are found by git, which says: ${stderr}`);
  const found = [...new Set(stdout.split('\n').filter(Boolean))];
  return found.filter((file) => existsSync(join(root, file)) && !/fixtures|node_modules|\/test\//.test(file));
}

/** Code blocks are left as they are. */
function linked(text, file, known) {
  const parts = text.split(/(^```[\s\S]*?^```)/m);
  return parts
    .map((part, index) =>
      index % 2 ? part : part.replace(/\]\(([^)\s]+)\)/g, (_all, to) => `](${target(to, file, known)})`),
    )
    .join('');
}

function target(to, file, known) {
  if (/^(https?:|mailto:|#)/.test(to)) return to;
  const [path, hash] = to.split('#');
  const from = posix.dirname(file);
  let wanted = posix.normalize(posix.join(from, path)).replace(/\/$/, '');
  if (isFolder(wanted) && known.has(`${wanted}/README.md`)) wanted += '/README.md';
  const anchor = hash === undefined ? '' : `#${hash}`;
  if (known.has(wanted)) return relative(placeOf(file), placeOf(wanted)) + anchor;
  if (WHOLE.includes(wanted)) return `/${wanted}`;
  return `${repository}/${isFolder(wanted) ? 'tree' : 'blob'}/main/${wanted}${anchor}`;
}

const isFolder = (path) => existsSync(join(root, path)) && statSync(join(root, path)).isDirectory();

function relative(from, to) {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

function write(place, text) {
  mkdirSync(dirname(join(pages, place)), { recursive: true });
  writeFileSync(join(pages, place), text);
}

function copy(from, to) {
  cpSync(join(root, from), join(pages, to), { recursive: true });
}
