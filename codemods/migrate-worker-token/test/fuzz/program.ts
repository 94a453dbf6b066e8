/** A whole program from a seed: files, keys, a store of its own, families and bystanders. Says nothing about what becomes of it. */
import { components } from './families/components.js';
import { credentialReads } from './families/credential-reads.js';
import { credentialWrites } from './families/credential-writes.js';
import { notOurs } from './families/not-ours.js';
import { tokenReads } from './families/token-reads.js';
import { tokenRequests } from './families/token-requests.js';
import { FileSketch, type Call, type Family, type KeyStyle } from './file-sketch.js';
import { laidOut, lookOf, placed, type Look, type Operation } from './layout.js';
import { Random } from './random.js';

export interface ProgramFile {
  /** Relative to the program, with forward slashes. */
  path: string;
  text: string;
  operations: Operation[];
  bystanders: string[];
  /** The families it is made of, for messages. */
  families: string[];
  calls: Call[];
}

export interface Program {
  seed: number;
  files: ProgramFile[];
}

const PLAIN: Record<string, Family> = { ...credentialReads, ...credentialWrites, ...tokenReads, ...tokenRequests };
const STYLES: KeyStyle[] = ['literal', 'literal', 'literal', 'template', 'local', 'local', 'imported', 'map'];
const WRAPPERS = ['loadWorker', 'saveWorker', 'readToken'];

/** @param only Names of families to choose from; all by default. */
export async function programOf(seed: number, only?: readonly string[]): Promise<Program> {
  const random = new Random(seed);
  const look = lookOf(random, random.pick(['ts', 'ts', 'ts', 'js', 'mjs', 'cjs'] as const));
  const wrappers = random.chance(0.5) ? WRAPPERS : [];
  const sketches = new Map<string, FileSketch>();
  const sketch = (style: KeyStyle) => new FileSketch(random, style, wrappers);

  if (wrappers.length > 0) sketches.set('store', storeOf(sketch(random.pick(STYLES))));
  const count = random.int(1, 4);
  for (let index = 0; index < count; index++) {
    const withJsx = look.language !== 'cjs' && look.language !== 'mjs' && random.chance(0.35);
    const file = sketch(random.pick(STYLES));
    fill(file, withJsx ? { ...PLAIN, ...components } : PLAIN, only);
    sketches.set(`${withJsx ? 'page' : 'part'}-${index + 1}`, file);
  }
  const files: ProgramFile[] = [manifest(look)];
  if ([...sketches.values()].some((file) => file.imports.has('keys'))) files.push(await keysFile(look, random));
  for (const [name, file] of sketches) files.push(await written(name, file, look, random));
  return { seed, files };
}

function fill(file: FileSketch, families: Record<string, Family>, only?: readonly string[]): void {
  const names = Object.keys(families).filter((name) => only?.includes(name) ?? true);
  const pieces = file.random.int(1, 5);
  for (let piece = 0; piece < pieces; piece++) {
    const name = file.random.pick(names);
    file.families.push(name);
    file.parts.push(families[name]!(file));
  }
  const others = file.random.int(0, 2);
  for (let other = 0; other < others; other++) file.bystanders.push(file.random.pick(Object.values(notOurs))(file));
}

/** Helpers around the storage that other files of the program import. */
function storeOf(file: FileSketch): FileSketch {
  file.families.push('store');
  const record = '{ environmentId: string; clientId: string; clientSecret: string; region: string; scopes: string }';
  file.parts.push(
    `export function loadWorker(): ${record} | null {
  const text = ${file.get('credentials')};
  return text ? JSON.parse(text) : null;
}`,
    `export function saveWorker(worker: ${record}): void {
  ${file.set('credentials', 'JSON.stringify(worker)')};
}`,
    `export const readToken = () => ${file.get('token')} ${file.random.pick(['||', '??'])} '';`,
  );
  return file;
}

const manifest = ({ language }: Look): ProgramFile => ({
  ...nothing('package.json'),
  text: JSON.stringify({ name: 'program', private: true, ...(language !== 'cjs' && { type: 'module' }) }),
});

const nothing = (path: string) => ({ path, operations: [], bystanders: [], families: [], calls: [] });

async function keysFile(look: Look, random: Random): Promise<ProgramFile> {
  const keys = { credentials: 'worker_credentials', token: 'worker_token', expiry: 'worker_token_expires_at' };
  const single = Object.entries(keys).map(([name, key]) => `export const ${name.toUpperCase()}_KEY = '${key}';`);
  const map = `export const KEYS = { credentials: '${keys.credentials}', token: '${keys.token}', expiry: '${keys.expiry}' } as const;`;
  const body = asModule([...single, map].join('\n'), new Map(), look);
  return { ...nothing(pathOf('keys', look, false)), text: (await laidOut(body, [], look, random)).text };
}

async function written(name: string, file: FileSketch, look: Look, random: Random): Promise<ProgramFile> {
  const text = file.parts.join('\n\n');
  const hasJsx = name.startsWith('page');
  const hooks = ['useState', 'useEffect', 'useMemo', 'useCallback'].filter((hook) => text.includes(`${hook}(`));
  if (hooks.length > 0) file.imports.set('react', new Set(hooks));
  const bystanders =
    look.language === 'ts' ? file.bystanders : file.bystanders.filter((it) => !it.includes(': string'));
  const kept = look.language === 'cjs' ? bystanders.map((it) => it.replace(/^export /, '')) : bystanders;
  // without a word about PingOne a token's key is nobody's
  const head = random.chance(0.9) ? '// Pages of the PingOne console\n' : '';
  const out = await laidOut(head + asModule(text, file.imports, look), kept, look, random);
  return {
    path: pathOf(name, look, hasJsx),
    text: out.text,
    operations: placed(out.marked, file.operations),
    bystanders: kept,
    families: file.families,
    calls: file.calls,
  };
}

function pathOf(name: string, { language }: Look, hasJsx: boolean): string {
  return `src/${name}.${language === 'cjs' ? 'js' : language}${hasJsx ? 'x' : ''}`;
}

/** Import lines, or CommonJS as people write it. */
function asModule(text: string, imports: ReadonlyMap<string, ReadonlySet<string>>, { language }: Look): string {
  const from = (file: string) =>
    file === 'react' ? 'react' : `./${file}${language === 'ts' ? '' : language === 'cjs' ? '' : `.${language}`}`;
  const isCommon = language === 'cjs';
  const lines = [...imports].map(([file, names]) => {
    const list = `{ ${[...names].join(', ')} }`;
    return isCommon ? `const ${list} = require('${from(file)}');` : `import ${list} from '${from(file)}';`;
  });
  if (!isCommon) return [...lines, '', text].join('\n');
  const exported = [...text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map((match) => match[1]);
  const plain = text.replaceAll(/^export /gm, '');
  return [...lines, '', plain, '', `module.exports = { ${exported.join(', ')} };`].join('\n');
}
