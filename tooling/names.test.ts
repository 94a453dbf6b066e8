// File names say what a file does, and no test lies where no runner looks.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { files, root } from './repository.js';

const sources = files('*.ts', '*.tsx', '*.mjs', '*.js', '*.jsx').filter(
  (file) => !file.includes('/fixtures/') && !file.startsWith('apps/legacy/src/'),
);
const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|tsx|mjs|cjs|js|jsx)$/;
const empty = /^(utils?|helpers?|common|misc|shared)\./;
const matched = /^(packages|codemods)\/[^/]+\/(src|test)\/.*\.test\.tsx?$|^tooling\/.*\.test\.ts$|^e2e\/.*\.test\.ts$/;

// the sample app keeps the file names of the legacy app that it came from
const migrated = (file: string) => file.startsWith('apps/sample/src/') && !file.startsWith('apps/sample/src/added/');

describe('file names', () => {
  it('are kebab-case', () => {
    expect(sources.filter((file) => !migrated(file) && !kebab.test(basename(file)))).toEqual([]);
  });

  it('say what the file does', () => {
    expect(sources.filter((file) => empty.test(basename(file)))).toEqual([]);
  });
});

describe('tests', () => {
  it('lie where a runner finds them', () => {
    const withTests = sources.filter((file) =>
      /\b(describe|it|test)\(['"`]/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(withTests.filter((file) => !matched.test(file) && !/conformance/.test(file))).toEqual([]);
  });

  it('are not skipped, exclusive, or still to do', () => {
    const marks = /\b(it|test|describe)\.(skip|only|todo)\b|\bx(it|describe)\(|\bf(it|describe)\(/;
    expect(
      sources.filter(
        (file) =>
          matched.test(file) && file !== 'tooling/names.test.ts' && marks.test(readFileSync(join(root, file), 'utf8')),
      ),
    ).toEqual([]);
  });
});
