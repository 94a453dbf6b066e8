/** Each pattern has a page in docs/patterns, with diffs that are the fixtures' own and every reason that occurs. `UPDATE_FIXTURES=1` writes the diffs. */
import fs from 'node:fs';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { REASONS } from '../src/plan/reasons.js';

const PACKAGE = path.join(import.meta.dirname, '..');
const PAGES = path.join(PACKAGE, 'docs', 'patterns');
const FIXTURES = path.join(PACKAGE, 'fixtures');
const BLOCK = /<!-- diff of (\S+) -->\n\n```diff\n([\s\S]*?)```\n/g;

const pages = fs.readdirSync(PAGES).filter((name) => name !== 'README.md');
const read = (page: string) => fs.readFileSync(path.join(PAGES, page), 'utf8');

/** `[pattern, reason]` of every site in the fixtures; the reason is empty where it was migrated. */
const occurring = fs
  .readdirSync(FIXTURES)
  .map((fixture) => path.join(FIXTURES, fixture, 'sites.txt'))
  .filter((file) => fs.existsSync(file))
  .flatMap((file) => fs.readFileSync(file, 'utf8').trim().split('\n'))
  .filter((line) => line !== '')
  .map((line) => [line.split(' ')[1] ?? '', /\((\S+)\)$/.exec(line)?.[1] ?? ''] as const);

/** The names that the recognisers give to what they find. */
function namedInCode(): string[] {
  const folder = path.join(PACKAGE, 'src', 'plan');
  const text = fs
    .readdirSync(folder)
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  return [...text.matchAll(/\b(?:PATTERN|REQUEST) = '([a-z-]+)'/g)].map((match) => match[1] ?? '');
}

/** The hunks of a fixture's file, before and after. */
function diffOf(place: string): string {
  const [fixture = '', ...rest] = place.split('/');
  const [before, after] = ['before', 'after'].map((side) =>
    fs.readFileSync(path.join(FIXTURES, fixture, side, ...rest), 'utf8'),
  );
  const patch = createTwoFilesPatch('', '', before ?? '', after ?? '', '', '', { context: 2 });
  return patch
    .slice(patch.indexOf('@@'))
    .replaceAll(/^\\ No newline.*\n/gm, '')
    .replaceAll(/[ \t]+$/gm, '');
}

describe('the pages of patterns', () => {
  it('are one a pattern, all in the index', () => {
    const patterns = new Set([...occurring.map(([pattern]) => pattern), ...namedInCode()]);
    expect([...patterns].filter((pattern) => !pages.includes(`${pattern}.md`))).toEqual([]);
    const index = read('README.md');
    expect(pages.filter((page) => !index.includes(`(${page})`))).toEqual([]);
  });

  it('say how much of the code that was not seen before is migrated now', () => {
    const sites = fs
      .readdirSync(FIXTURES)
      .filter((name) => name.startsWith('unseen-'))
      .flatMap((name) => fs.readFileSync(path.join(FIXTURES, name, 'sites.txt'), 'utf8').split('\n'))
      .filter((line) => / (migrated|manual)\b/.test(line));
    const migrated = sites.filter((line) => line.endsWith(' migrated'));
    expect(read('README.md')).toContain(`${migrated.length} of their ${sites.length} places`);
  });

  it.each(pages)('%s says what it does, leaves and cannot see', (page) => {
    expect(read(page)).toMatch(
      /^# .+\n\n`[a-z-]+`\n\n## What it does\n[\s\S]+## What it leaves\n[\s\S]+## What it cannot see\n/,
    );
  });

  it.each(pages)('%s shows the diffs of the fixtures', (page) => {
    const text = read(page);
    const current = text.replaceAll(
      BLOCK,
      (_, place: string) => `<!-- diff of ${place} -->\n\n\`\`\`diff\n${diffOf(place)}\`\`\`\n`,
    );
    if (process.env['UPDATE_FIXTURES']) fs.writeFileSync(path.join(PAGES, page), current);
    expect(current).toBe(process.env['UPDATE_FIXTURES'] ? current : text);
  });

  it.each(pages)('%s names reasons that exist, and all that occur', (page) => {
    const named = [...read(page).matchAll(/^\| `([a-z-]+)`\s*\|/gm)].map((match) => match[1] ?? '');
    expect(named.filter((reason) => !(reason in REASONS))).toEqual([]);
    const pattern = page.replace('.md', '');
    const missing = occurring.filter(([of, reason]) => of === pattern && reason !== '' && !named.includes(reason));
    expect(missing).toEqual([]);
  });
});
