// Lint and codemod speak of the same places: what the codemod lists in its own fixtures and in apps/legacy is flagged, but for the
// exemptions below, and the rules for storage and requests flag nothing else there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../codemods/migrate-worker-token/src/index.js';
import plugin from '../src/index.js';

interface Site {
  file: string;
  line: number;
  pattern: string;
  status: string;
}

/** A project, with what the codemod says of it. */
interface Listed {
  name: string;
  folder: string;
  sites: Site[];
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const fixtures = join(root, 'codemods/migrate-worker-token/fixtures');
const files = '**/*.{ts,tsx,js,jsx,mjs,cjs}';

/** Why a place of the codemod's is none of lint's: for all of a kind, or for one place. */
const exemptions: { why: string; applies: (site: Site, text: string) => boolean }[] = [
  { why: 'a name is no access', applies: ({ pattern }) => pattern === 'name' },
  { why: 'a key as a value is no access', applies: ({ pattern }) => pattern === 'key' },
  { why: 'a timer is no access; the read in it is', applies: ({ pattern }) => pattern === 'polling-timer' },
  { why: 'an import is no access; what it runs is', applies: ({ pattern }) => pattern === 'read-early' },
  { why: 'of a helper of the project, not of a store', applies: ({ pattern }) => pattern === 'global-fallback' },
  {
    why: 'the time a token ends is no secret',
    applies: ({ pattern }) => /^(read-expiry|remove-expired)$/.test(pattern),
  },
  {
    why: 'the time a token ends is no secret, whoever writes or removes it',
    applies: (_, text) => /expires|expiry/i.test(text),
  },
  {
    why: 'what a storage event brings is read of the event; its listener is flagged',
    applies: (_, text) => /newValue/.test(text),
  },
  {
    why: 'a listener of the page’s own events that asks for no key may wait for anything',
    applies: ({ pattern }, text) => pattern === 'listener' && /\('(?!workerToken)\w+', \w+\)/.test(text),
  },
  {
    why: 'the setter of a storage hook knows no key; the call of the hook is flagged',
    applies: ({ pattern }, text) => /^(save-credentials|remove)$/.test(pattern) && /^set[A-Z]\w*\(/.test(text),
  },
  {
    why: 'the key of an event is no access; its listener is flagged',
    applies: ({ pattern }, text) => pattern === 'listener' && /\.key ===/.test(text),
  },
  {
    why: 'the codemod itself leaves it, without a sign of PingOne',
    applies: ({ status }) => status === 'skipped',
  },
  {
    why: 'neither reads what does not parse, and ESLint reads no component without a parser for it',
    applies: ({ pattern }) => /^(does-not-parse|single-file-component)$/.test(pattern),
  },
  {
    why: 'the key is the caller’s, in another file; the call there is flagged',
    applies: (_, text) => text.includes('localStorage.getItem(tokenKey)'),
  },
  {
    why: 'the key is told by a subclass; the field there is flagged',
    applies: (_, text) => text.includes('this.read(this.key)'),
  },
];

/** `src/page.tsx:12 read-credentials migrated`. */
function siteOf(line: string): Site {
  const [, file = '', at = '', pattern = '', status = ''] = /^(.+):(\d+) (\S+) (\S+)/.exec(line) ?? [];
  return { file, line: Number(at), pattern, status };
}

const inFixtures = readdirSync(fixtures).map((name): Listed => {
  const lines = readFileSync(join(fixtures, name, 'sites.txt'), 'utf8')
    .split('\n')
    .filter(Boolean);
  return { name, folder: join(fixtures, name, 'before'), sites: lines.map(siteOf) };
});

/** Planned here and now, and not written: a report of an earlier run would speak of an earlier app. */
async function inLegacy(): Promise<Listed> {
  const folder = join(root, 'apps/legacy');
  const { sites } = await migrate({ root: folder, dryRun: true, verify: false, installDep: false });
  return { name: 'apps/legacy', folder, sites };
}

const lineOf = (folder: string, { file, line }: Site) =>
  readFileSync(join(folder, file), 'utf8').split('\n')[line - 1]?.trim() ?? '';

const isOpen = (folder: string, site: Site) => !exemptions.some(({ applies }) => applies(site, lineOf(folder, site)));

interface Flagged {
  file: string;
  line: number;
  rule: string;
}

async function flaggedIn(folder: string): Promise<Flagged[]> {
  const eslint = new ESLint({
    cwd: folder,
    ignore: false,
    errorOnUnmatchedPattern: false,
    overrideConfigFile: true,
    overrideConfig: [
      { files: [files], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } },
      plugin.configs.strict,
    ],
  });
  const results = await eslint.lintFiles([existsSync(join(folder, 'vite.config.ts')) ? `src/${files}` : files]);
  return results.flatMap(({ filePath, messages }) =>
    messages.flatMap(({ line, ruleId }) =>
      ruleId ? [{ file: filePath.slice(folder.length + 1).replaceAll('\\', '/'), line, rule: ruleId }] : [],
    ),
  );
}

/** The rules that the codemod has a counterpart to, one for one. */
const ofBoth = /no-direct-credential-storage|no-manual-worker-token-request/;

async function differences({ folder, sites }: Listed): Promise<string[]> {
  const flagged = await flaggedIn(folder);
  const missed = sites.filter(
    (site) => isOpen(folder, site) && !flagged.some(({ file, line }) => file === site.file && line === site.line),
  );
  const more = flagged.filter(
    ({ file, line, rule }) =>
      ofBoth.test(rule) && !sites.some((site) => site.file === file && Math.abs(site.line - line) <= 1),
  );
  return [
    ...missed.map((site) => `not flagged: ${site.file}:${site.line} ${site.pattern}: ${lineOf(folder, site)}`),
    ...more.map(({ file, line, rule }) => `not listed: ${file}:${line} ${rule}`),
  ];
}

describe('what the codemod lists', () => {
  it.each(inFixtures)('in its fixture $name is what is flagged there', async (listed) => {
    expect(await differences(listed)).toEqual([]);
  });

  it('in the legacy app is what is flagged there', async () => {
    const legacy = await inLegacy();
    expect(legacy.sites.filter((site) => isOpen(legacy.folder, site)).length).toBeGreaterThan(25);
    expect(await differences(legacy)).toEqual([]);
  }, 60_000);
});

describe('the exemptions', () => {
  const all = inFixtures.flatMap(({ folder, sites }) => sites.map((site) => ({ site, text: lineOf(folder, site) })));

  it.each(exemptions)('are needed: $why', ({ applies }) => {
    expect(all.some(({ site, text }) => applies(site, text))).toBe(true);
  });

  it('leave most reads, writes and requests to be flagged', () => {
    const accesses = all.filter(({ site }) =>
      /^(read-(credentials|token)|save-|request-token|remove$)/.test(site.pattern),
    );
    const open = inFixtures.flatMap(({ folder, sites }) => sites.filter((site) => isOpen(folder, site)));
    expect(open.length).toBeGreaterThan(220);
    expect(open.length / accesses.length).toBeGreaterThan(0.9);
  });
});
