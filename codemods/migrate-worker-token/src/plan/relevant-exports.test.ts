import { defaultSignals } from '@worker-token/legacy-signals';
import { describe, expect, it } from 'vitest';
import { makeModule } from './module.js';
import { relevantExports } from './relevant-exports.js';

const KEY = "'worker_credentials'";

/** What importers of each file may mention that has to do with a signal. */
function namesOf(files: Record<string, string>, barrels: Record<string, string> = {}) {
  const modules = Object.entries(files).map(([path, text]) => makeModule(`/app/${path}`, path, text));
  const others = Object.entries(barrels).map(([path, text]) => ({ path: `/app/${path}`, text }));
  const found = relevantExports(modules, others, defaultSignals());
  return Object.fromEntries(Object.keys(files).map((path) => [path, found.get(`/app/${path}`)]));
}

const namesIn = (text: string) => namesOf({ 'a.ts': text })['a.ts'];

describe('an export has to do with a signal', () => {
  it.each([
    ['where its value holds one', `export const KEY = ${KEY}; export const other = 1;`, ['KEY']],
    [
      'where it uses one, over any number of steps',
      `const KEY = ${KEY}; function read() { return KEY; } export const load = () => read(); export const sum = (a: number) => a;`,
      ['load'],
    ],
    [
      'where an instance of a class does',
      `class Store { read() { return localStorage.getItem(${KEY}); } } const store = new Store(); export { store, store as shared };`,
      ['store', 'shared'],
    ],
    [
      'where it reads a variable that such a place sets',
      `let cached = ''; export function load() { cached = ${KEY}; } export const get = () => cached; export const no = () => '';`,
      ['load', 'get'],
    ],
    [
      'where a statement adds to it',
      `export const api: any = {}; export const b = {}; api.key = () => ${KEY};`,
      ['api'],
    ],
    [
      'where it reads a storage: its callers may pass a key',
      `export const get = (key: string) => localStorage.getItem(key); export const id = (key: string) => key; get(${KEY});`,
      ['get'],
    ],
    ['never, where no value does', `export interface Worker { id: string } console.log(${KEY});`, []],
  ])('%s', (_, text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  it.each([
    ['the default export', `export default () => ${KEY};`],
    ['a name that is the default export, too', `const key = ${KEY}; export default key;`],
    ['CommonJS', `exports.key = ${KEY};`],
    ['an assigned export', `const key = ${KEY}; export = key;`],
  ])('under any name: %s', (_, text) => {
    expect(namesIn(text)).toBeNull();
  });

  it('where it uses one of another file, under whatever name that is handed on', () => {
    const files = {
      'keys.ts': `export const KEY = ${KEY}; export const theme = 'theme'; export default function load() { return KEY; }`,
      'store.ts': `import { STORED } from './all'; import { theme } from './keys'; export const read = () => STORED; export const look = () => theme; // ${KEY}`,
      'page.ts': `import load from './keys'; export const page = () => load(); export const plain = 1; // ${KEY}`,
    };

    expect(namesOf(files, { 'all.ts': "export { KEY as STORED } from './keys';" })).toEqual({
      'keys.ts': null,
      'store.ts': ['read'],
      'page.ts': ['page'],
    });
  });
});
