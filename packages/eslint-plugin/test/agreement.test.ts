// Lint and codemod speak of the same places: what the codemod lists in apps/legacy is flagged, but for the exemptions below.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as typescript from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.js';

interface Site {
  file: string;
  line: number;
  pattern: string;
  status: string;
  before: string;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const report = join(root, '.cache/migrated/report/report.json');

/** Why a place of the codemod's is none of lint's. */
const exemptions: { why: string; applies: (site: Site) => boolean }[] = [
  { why: 'the time a token ends is no secret', applies: ({ pattern }) => pattern === 'read-expiry' },
  {
    why: 'the time a token ends is no secret, whoever writes or removes it',
    applies: ({ file, line }) => /expires|EXPIRES/.test(sourceLine(file, line)),
  },
  { why: 'a name is no access', applies: ({ pattern }) => pattern === 'name' },
  { why: 'a timer is no access; the read in it is', applies: ({ pattern }) => pattern === 'polling-timer' },
];

const sourceLine = (file: string, line: number) =>
  readFileSync(join(root, 'apps/legacy', file), 'utf8').split('\n')[line - 1] ?? '';

async function flagged(): Promise<Set<string>> {
  const eslint = new ESLint({
    cwd: join(root, 'apps/legacy'),
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.{ts,tsx,js,jsx}'],
        languageOptions: { parser: typescript, parserOptions: { ecmaFeatures: { jsx: true } } },
      },
      plugin.configs.strict,
    ],
  });
  const results = await eslint.lintFiles(['src/**/*.{ts,tsx,js,jsx}']);
  return new Set(
    results.flatMap(({ filePath, messages }) =>
      messages.map(({ line }) => `${filePath.slice(join(root, 'apps/legacy/').length)}:${line}`),
    ),
  );
}

function sites(): Site[] {
  if (!existsSync(report))
    throw new Error(
      `Expected the codemod's report in ${report}. Run \`npm run check\` (or \`node scripts/migrate-legacy.mjs\`) first.`,
    );
  return (JSON.parse(readFileSync(report, 'utf8')) as { sites: Site[] }).sites;
}

describe('what the codemod lists in the legacy app', () => {
  it('is flagged, or exempt for a reason that is written down', async () => {
    const found = await flagged();
    const open = sites().filter((site) => !exemptions.some(({ applies }) => applies(site)));
    expect(open.length).toBeGreaterThan(25);
    expect(
      open
        .filter(({ file, line }) => !found.has(`${file}:${line}`))
        .map(({ file, line, pattern }) => `${file}:${line} ${pattern}`),
    ).toEqual([]);
  });

  it('is all that is flagged there', async () => {
    const listed = sites();
    const isListed = (place: string) => {
      const [file, line] = place.split(':');
      return listed.some((site) => site.file === file && Math.abs(site.line - Number(line)) <= 1);
    };
    expect([...(await flagged())].filter((place) => !isListed(place))).toEqual([]);
  });
});
