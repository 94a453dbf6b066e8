// Source trees for the codemod's measurements: one made by rule where none is given, copies of a tree, and sites put into it.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SOURCE = /\.[cm]?[jt]sx?$/;
export const FILES = 7_400;
export const SITES = 200;
const FILES_WITH_SITES = 60;

/** 7 400 modules of about 3.6 kB, in packages of 100 that import each other. The same each time. */
export function makeTree(folder) {
  for (let index = 0; index < FILES; index++) {
    const home = join(folder, `packages/part-${Math.floor(index / 100)}/src`);
    if (index % 100 === 0) writePackage(home, index);
    const isPage = index % 4 === 0;
    writeFileSync(join(home, `module-${index}.${isPage ? 'tsx' : 'ts'}`), moduleText(index, isPage));
  }
}

function writePackage(home, index) {
  mkdirSync(home, { recursive: true });
  const part = dirname(home);
  writeFileSync(join(part, 'package.json'), JSON.stringify({ name: `@tree/part-${index / 100}`, type: 'module' }));
  const options = { strict: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', jsx: 'preserve' };
  const compilerOptions = { ...options, lib: ['es2022', 'dom'], types: [], skipLibCheck: true, noEmit: true };
  writeFileSync(join(part, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
}

function moduleText(index, isPage) {
  const previous = index % 100 === 0 ? '' : `import { total${index - 1} } from './module-${index - 1}';\n`;
  const records = Array.from(
    { length: 18 },
    (_, row) =>
      `  { id: '${index}-${row}', label: 'Row ${row} of ${index}', amount: ${(index * 31 + row * 7) % 997}, tags: ['a${row}', 'b${index % 13}'] },`,
  );
  return `${previous}
export interface Row${index} {
  id: string;
  label: string;
  amount: number;
  tags: string[];
}

const rows: Row${index}[] = [
${records.join('\n')}
];

/** Adds up what the filter lets through. */
export function total${index}(filter: (row: Row${index}) => boolean = () => true): number {
  return rows.filter(filter).reduce((sum, row) => sum + row.amount, ${previous ? `total${index - 1}() % 7` : '0'});
}

export async function load${index}(address: string): Promise<Row${index}[]> {
  const answer = await fetch(\`\${address}/rows/${index}\`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(\`rows ${index}: \${answer.status}\`);
  return (await answer.json()) as Row${index}[];
}
${isPage ? `\nexport function Page${index}() {\n  return <ul>{rows.map((row) => <li key={row.id}>{row.label}</li>)}</ul>;\n}\n` : ''}`;
}

/** @param times How often the tree stands there, side by side. */
export function copyTree(from, to, times) {
  const wanted = (path) => !/(^|\/)(node_modules|\.git)$/.test(path);
  for (let copy = 1; copy <= times; copy++) cpSync(from, join(to, `copy-${copy}`), { recursive: true, filter: wanted });
}

/** Appends functions with sites to files that are spread over the tree. @returns how many sites it put in. */
export function addSites(folder, share = 1) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.tsx?$/.test(name) &&
        !/\.d\.ts$|__tests__|__fixtures__|[.-](test|spec|stories)\.|(^|\/)(dist|server|integration-tests)\//.test(name),
    )
    .sort();
  const count = FILES_WITH_SITES * share;
  for (let index = 0; index < count; index++) {
    const file = join(folder, files[Math.floor((index + 0.5) * (files.length / count))]);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n${sitesText(index)}`);
  }
  return SITES * share;
}

/** Three or four sites a file: a read, a save, a token, and in every third a request. */
function sitesText(index) {
  const read = `const workerText${index} = localStorage.getItem('worker_credentials');
  const worker${index} = workerText${index} ? JSON.parse(workerText${index}) : null;`;
  const request = `
export async function requestWorkerToken${index}(): Promise<string> {
  ${read}
  const response = await fetch('/api/client-credentials', {
    method: 'POST',
    body: JSON.stringify({
      environment_id: worker${index}?.environmentId,
      client_id: worker${index}?.clientId,
      client_secret: worker${index}?.clientSecret,
    }),
  });
  const { access_token } = await response.json();
  return access_token;
}
`;
  const plain = `
export async function loadWorkerEnvironment${index}(): Promise<string> {
  ${read}
  return worker${index}?.environmentId ?? '';
}
`;
  return `${index % 3 === 0 ? request : plain}
export async function saveWorker${index}(worker: { environmentId: string; clientId: string; clientSecret: string }): Promise<void> {
  localStorage.setItem('worker_credentials', JSON.stringify(worker));
}

export function hasWorkerToken${index}(): boolean {
  return Boolean(localStorage.getItem('worker_token'));
}
`;
}

export const sourcesOf = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && SOURCE.test(entry.name) && !/[/\\]node_modules([/\\]|$)/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name));
