import fs from 'node:fs';
import path from 'node:path';
import { defaultSignals } from '@worker-token/legacy-signals';
import { describe, expect, it } from 'vitest';
import { project } from '../../test/project.js';
import { scan } from './scan.js';

const scanned = (files: Record<string, string>) => {
  const root = project(files);
  const result = scan({ root, paths: [root], signals: defaultSignals() });
  return { ...result, names: result.candidates.map((file) => path.relative(root, file.path)) };
};

describe('scan', () => {
  it('picks files with a signal, and those that import from one', () => {
    const { names, filesScanned } = scanned({
      'src/keys.ts': `export const KEY = 'worker_credentials';`,
      'src/use.ts': `import { KEY } from './keys.js'; localStorage.getItem(KEY);`,
      'src/other.ts': `import { keysOf } from './keys-of'; export const a = 1;`,
      'src/style.css': `.worker_credentials {}`,
    });
    expect(names).toEqual(['src/keys.ts', 'src/use.ts']);
    expect(filesScanned).toBe(3);
  });

  it('follows names through a file that hands them on', () => {
    const { names } = scanned({
      'src/store/keys.ts': `export const KEY = 'worker_token';`,
      'src/store/index.ts': `export * from './keys';`,
      'src/page.ts': `import { KEY } from '../src/store';`,
    });
    expect(names).toContain('src/page.ts');
  });

  it('passes over who imports something else: another file of the name, or another name of the package', () => {
    const { names } = scanned({
      'packages/a/package.json': `{ "name": "@acme/a" }`,
      'packages/a/src/utils.ts': `export function readWorker() { return localStorage.getItem('worker_credentials'); }`,
      'packages/a/src/index.ts': `export * from './utils';\nexport { pad } from './pad';`,
      'packages/b/src/utils.ts': `export const pad = 1;`,
      'packages/b/src/near.ts': `import { readWorker } from './utils';`,
      'packages/b/src/other.ts': `import { pad } from '@acme/a';`,
      'packages/b/src/user.ts': `import { readWorker } from '@acme/a'; readWorker();`,
    });
    expect(names).toEqual(['packages/a/src/index.ts', 'packages/a/src/utils.ts', 'packages/b/src/user.ts']);
  });

  it('follows default and CommonJS exports under any name', () => {
    const { names } = scanned({
      'src/read.ts': `export default () => localStorage.getItem('worker_token');`,
      'src/keys.js': `module.exports = { KEY: 'worker_token' };`,
      'src/a.ts': `import anything from './read';`,
      'src/b.js': `const all = require('./keys');`,
    });
    expect(names).toEqual(['src/a.ts', 'src/b.js', 'src/keys.js', 'src/read.ts']);
  });

  it('names bundles, build output and backups, and does not open node_modules', () => {
    const { names, ignored } = scanned({
      'dist/a.js': `localStorage.getItem('worker_token')`,
      'src/old.backup.ts': `localStorage.getItem('worker_token')`,
      'src/app.min.js': `localStorage.getItem('worker_token')`,
      'node_modules/x/index.js': `localStorage.getItem('worker_token')`,
    });
    expect(names).toEqual([]);
    expect(ignored).toEqual(['dist/a.js', 'src/app.min.js', 'src/old.backup.ts']);
  });

  it('obeys .gitignore where git is not used', () => {
    const { filesScanned } = scanned({
      '.gitignore': 'generated/\n*.gen.ts\n',
      'generated/a.ts': '',
      'src/b.gen.ts': '',
      'src/c.ts': '',
    });
    expect(filesScanned).toBe(1);
  });

  it('takes a single file as it is given', () => {
    const root = project({ 'a.ts': `localStorage.getItem('worker_token')` });
    const result = scan({ root, paths: [path.join(root, 'a.ts')], signals: defaultSignals() });
    expect(result.candidates).toEqual([
      { path: path.join(root, 'a.ts'), text: fs.readFileSync(path.join(root, 'a.ts'), 'utf8') },
    ]);
  });
});
