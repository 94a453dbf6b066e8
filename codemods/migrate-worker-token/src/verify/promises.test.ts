import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { findPromises } from './promises.js';

const LIB = `
interface Promise<T> { then<A>(ok: (value: T) => A, fail?: (error: unknown) => A): Promise<A>; catch<A>(fail: (error: unknown) => A): Promise<T | A>; finally(done: () => void): Promise<T> }
interface PromiseConstructor { all<T>(list: Promise<T>[]): Promise<T[]> } declare var Promise: PromiseConstructor;
interface Array<T> { filter(test: (item: T) => unknown): T[]; map<A>(to: (item: T) => A): A[]; forEach(f: (item: T) => void): void; length: number; [n: number]: T }
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {} interface NewableFunction {} interface Number {} interface Object {} interface RegExp {} interface String {}
declare function Boolean(value: unknown): boolean; declare const JSON: { stringify(value: unknown): string };
declare function useEffect(run: () => unknown): void; declare function useState<T>(first: T | (() => T)): T;
declare function load(): Promise<string>; declare const maybe: Promise<string> | undefined; declare const list: string[]; declare let slot: unknown;
declare namespace JSX { interface IntrinsicElements { p: object } interface Element {} }
`;

function kinds(code: string): string[] {
  const texts: Record<string, string> = { '/lib.d.ts': LIB, '/a.tsx': code };
  const options: ts.CompilerOptions = {
    noLib: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    jsx: ts.JsxEmit.Preserve,
    strict: true,
  };
  const host = ts.createCompilerHost(options, true);
  host.getSourceFile = (name, version) => {
    const text = texts[name];
    return text === undefined ? undefined : ts.createSourceFile(name, text, version, true);
  };
  host.fileExists = (name) => name in texts;
  const program = ts.createProgram(Object.keys(texts), options, host);
  const file = program.getSourceFile('/a.tsx');
  if (!file) throw new Error('no file');
  return findPromises(ts, program.getTypeChecker(), file).map((finding) => finding.kind);
}

describe('findPromises', () => {
  it.each([
    'load();',
    'load().then((x) => x);',
    'load().finally(() => {});',
    'list.length && load();',
    'list.length ? load() : 0;',
    'list.map((x) => { load(); });',
  ])('finds that nobody waits: %s', (code) => {
    expect(kinds(code)).toEqual(['floating-promise']);
  });

  it.each([
    'if (load()) {}',
    'while (load()) {}',
    'const x = load() ? 1 : 2;',
    'const x = !load();',
    "const x = load() || '';",
    "const x = load() ?? '';",
    'const x = Boolean(load());',
    'const x = JSON.stringify(load());',
    'const x = `Bearer ${load()}`;',
    "const x = 'Bearer ' + load();",
    "const x = load() === 'a';",
    'const x = { ...load() };',
    'const x = <p>{load()}</p>;',
    'const x = list.filter(async () => true);',
    'const x = list.filter(load);',
    'useEffect(async () => {});',
    'const x = useState(load);',
    'const x = useState(() => load());',
  ])('finds a promise in place of its value: %s', (code) => {
    expect(kinds(code)).toEqual(['misused-promise']);
  });

  it.each([
    'void load();',
    'load().catch(() => {});',
    'load().then((x) => x, () => {});',
    'load().catch(() => {}).finally(() => {});',
    'slot = load();',
    'const x = load();',
    'const f = () => load();',
    'async function f() { await load(); if (await load()) return `${await load()}`; return load(); }',
    'if (maybe) {}',
    'const x = Promise.all(list.map(async () => 1)).then((all) => all, () => []);',
    'const x = <p>{list.length}</p>;',
    'useEffect(() => { void load(); });',
  ])('is content with: %s', (code) => {
    expect(kinds(code)).toEqual([]);
  });
});
