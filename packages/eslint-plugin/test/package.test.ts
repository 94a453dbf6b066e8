// What the package says of itself is true: version, presets, pages, and the examples on them.
import { readdirSync, readFileSync } from 'node:fs';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.js';

const here = new URL('..', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, here), 'utf8');
const manifest = JSON.parse(read('package.json')) as { name: string; version: string };
const linter = new Linter();
const messages = (code: string) => linter.verify(code, [plugin.configs.recommended]).map(({ ruleId }) => ruleId);

it('says its own name and version', () => {
  expect(plugin.meta).toMatchObject({ name: manifest.name, version: manifest.version });
});

describe.each(Object.keys(plugin.rules))('%s', (rule) => {
  const page = read(`docs/rules/${rule}.md`);
  const examples = (from: string, to: string) =>
    [...(page.split(`${from}:\n`)[1]?.split(to)[0] ?? '').matchAll(/```js\n([\s\S]*?)```/g)].map(
      (match) => match[1] ?? '',
    );

  it('has a test and a page of its name, and a link to the page', () => {
    expect(readdirSync(new URL('src/rules', here))).toContain(`${rule}.test.ts`);
    expect(plugin.rules[rule as keyof typeof plugin.rules].meta?.docs?.url).toContain(`docs/rules/${rule}.md`);
    expect(read('README.md')).toContain(`docs/rules/${rule}.md`);
  });

  it.each(examples('Incorrect', 'Correct:'))('flags its incorrect example: %s', (code) => {
    expect(messages(code)).toEqual([`worker-token/${rule}`]);
  });

  it.each(examples('Correct', '## Options'))('passes its correct example: %s', (code) => {
    expect(messages(code)).toEqual([]);
  });
});
