/** Adds the imports that the new code needs, once, in the style of the file. */
import { findAll, type Node } from '../ast/node.js';
import { parseText } from '../ast/parse.js';
import { isReference } from '../ast/references.js';
import { analyseScopes } from '../ast/scopes.js';
import { isCall, isIdentifier } from '../ast/shapes.js';
import type { ImportSources } from '../types.js';
import { eolOf, usesSemicolons } from '../plan/text-edits.js';

const MANAGER = 'workerTokenManager';
const ADAPTERS = ['toLegacyCredentials', 'toWorkerTokenCredentials'];
const HOOKS = ['useWorkerCredentials', 'useWorkerToken'];
const REACT = '@worker-token/react';

/** @param original The text before the edits, whose style is followed. */
export function addImports(path: string, original: string, text: string, sources: ImportSources): string {
  const { program, comments } = parseText(path, text);
  const scopes = analyseScopes(program);
  const missing = [MANAGER, ...ADAPTERS, ...HOOKS].filter((name) =>
    findAll(program, (node) => isIdentifier(node, name) && isReference(node)).some((node) => !scopes.bindingOf(node)),
  );
  if (missing.length === 0) return text;
  const groups = new Map<string, string[]>();
  for (const name of missing.sort()) {
    const from = name === MANAGER ? sources.manager : HOOKS.includes(name) ? REACT : sources.adapters;
    groups.set(from, [...(groups.get(from) ?? []), name]);
  }
  if (sources.loadsSetup && groups.has(REACT) && !groups.has(sources.manager) && !isImported(program, sources.manager))
    groups.set(sources.manager, []);
  const body: Node[] = program['body'];
  const style = styleOf(original, parseText(path, original).program['body']);
  const packagesFirst = [...groups].sort(([a], [b]) => Number(a.startsWith('.')) - Number(b.startsWith('.')));
  const lines = packagesFirst.map(([from, names]) => statement(names, from, sources.module, style));
  const eol = eolOf(text);
  const last = body.findLast((node) => isImport(node, sources.module));
  if (last) {
    const at = endOfLine(text, last.end);
    return text.slice(0, at) + lines.map((line) => eol + line).join('') + text.slice(at);
  }
  const at = topOf(text, program, comments);
  return text.slice(0, at) + lines.map((line) => line + eol).join('') + eol + text.slice(at);
}

/** The file loads it in any of the ways there are. */
const isImported = (program: Node, address: string): boolean =>
  findAll(program, (node) => node.type === 'StringLiteral' && node['value'] === address).length > 0;

interface Style {
  quote: string;
  end: string;
}

function statement(names: string[], from: string, kind: 'esm' | 'cjs', { quote, end }: Style): string {
  const list = `{ ${names.join(', ')} }`;
  const address = `${quote}${from}${quote}`;
  if (names.length === 0) return kind === 'esm' ? `import ${address}${end}` : `require(${address})${end}`;
  return kind === 'esm' ? `import ${list} from ${address}${end}` : `const ${list} = require(${address})${end}`;
}

function isImport(node: Node, kind: 'esm' | 'cjs'): boolean {
  if (kind === 'esm') return node.type === 'ImportDeclaration';
  const init: Node | undefined = node['declarations']?.[0]?.init;
  return (
    node.type === 'VariableDeclaration' &&
    Boolean(init) &&
    findAll(init as Node, (at) => isCall(at) && isIdentifier(at['callee'], 'require')).length > 0
  );
}

function styleOf(text: string, body: Node[]): Style {
  const imports = body.filter((node) => node.type === 'ImportDeclaration');
  const samples =
    imports.length > 0
      ? imports.map((node) => text.slice(node['source'].start, node['source'].end))
      : (text.match(/'[^'\n]*'|"[^"\n]*"/g) ?? []);
  const doubles = samples.filter((sample) => sample.startsWith('"')).length;
  const semicolons =
    imports.length > 0
      ? imports.filter((node) => text[node.end - 1] === ';').length * 2 >= imports.length
      : usesSemicolons(text);
  return { quote: doubles * 2 > samples.length ? '"' : "'", end: semicolons ? ';' : '' };
}

/** After a comment on the same line. */
function endOfLine(text: string, from: number): number {
  const at = text.slice(from).search(/\r?\n|$/);
  return from + at;
}

/** Before the first statement and its comment; after a byte order mark, a shebang, directives and the file's own comment. */
function topOf(text: string, program: Node, comments: { start: number; end: number; value: string }[]): number {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const shebang = /^#!.*\r?\n/.exec(text.slice(at));
  if (shebang) at += shebang[0].length;
  for (const directive of (program['directives'] as Node[] | undefined) ?? [])
    at = Math.max(at, nextLine(text, directive.end));
  const [first] = comments;
  const isOfFile =
    first && text.slice(at, first.start).trim() === '' && /copyright|licen[sc]e|@ts-|eslint-|^!/i.test(first.value);
  if (isOfFile) at = nextLine(text, first.end);
  while (isOfFile && /^\r?\n/.test(text.slice(at))) at += (/^\r?\n/.exec(text.slice(at)) ?? [''])[0].length;
  return at;
}

function nextLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}
