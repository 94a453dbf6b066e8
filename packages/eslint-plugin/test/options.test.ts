// Wrong options are ESLint's schema error: it names the rule, the value, and what was expected. For every rule, and every option of it.
import { Linter } from 'eslint';
import { Linter as Linter9 } from 'eslint9';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.js';

interface ObjectSchema {
  properties: Record<string, { type: string }>;
}

const rules = Object.entries(plugin.rules).map(([name, { meta }]) => ({
  name,
  schema: meta?.schema as ObjectSchema[],
  defaults: (meta?.defaultOptions ?? []) as Record<string, unknown>[],
}));
const options = rules.flatMap(({ name, schema: [first] }) =>
  Object.entries(first?.properties ?? {}).map(([option, { type }]) => ({ name, option, type })),
);
const wrong: Record<string, unknown[]> = { boolean: ['yes', 1, null], array: ['console', { 0: 'x' }, [7], null] };

describe.each([
  ['ESLint 10', Linter],
  ['ESLint 9', Linter9 as unknown as typeof Linter],
])('%s', (_, LinterClass) => {
  const verify = (name: string, ...given: unknown[]) =>
    new LinterClass().verify('', [
      { plugins: plugin.configs.recommended.plugins ?? {}, rules: { [`worker-token/${name}`]: ['error', ...given] } },
    ]);

  it.each(options)('says which option of $name is wrong: $option, which is $type', ({ name, option, type }) => {
    for (const value of wrong[type] ?? []) {
      const report = () => verify(name, { [option]: value });
      expect(report, JSON.stringify(value)).toThrow(new RegExp(`worker-token/${name}`));
      expect(report, JSON.stringify(value)).toThrow(/should be (boolean|array|string)/);
      expect(report, JSON.stringify(value)).toThrow(JSON.stringify(Array.isArray(value) ? value[0] : value));
    }
  });

  it.each(rules)('says that $name has no such option, and takes no second object', ({ name }) => {
    expect(() => verify(name, { noSuchOption: true })).toThrow(
      new RegExp(`worker-token/${name}[\\s\\S]*noSuchOption|should NOT have more than 0 items`),
    );
    expect(() => verify(name, {}, {})).toThrow(/should NOT have more than \d items/);
    expect(() => verify(name, 'all')).toThrow(new RegExp(`worker-token/${name}`));
  });

  it.each(rules)('takes the defaults of $name, and each alone', ({ name, defaults }) => {
    for (const [option, value] of Object.entries(defaults[0] ?? {}))
      expect(verify(name, { [option]: value })).toEqual([]);
    expect(verify(name, ...defaults)).toEqual([]);
  });
});

it('knows an option of five rules, and the default of each', () => {
  expect(new Set(options.map(({ name }) => name)).size).toBe(5);
  for (const { schema, defaults } of rules)
    expect(Object.keys(defaults[0] ?? {}).sort()).toEqual(Object.keys(schema[0]?.properties ?? {}).sort());
});
