// Every suggestion for every defect of the evaluation set parses, and makes its report go away. Nothing is fixed by itself.
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { configFor, readCases } from '../evaluation/run.mjs';
import plugin from '../src/index.js';

const linter = new Linter({ cwd: '/' });
const config = configFor(plugin);
const defects = readCases().map((one) => ({
  ...one,
  messages: linter.verify(one.code, config, { filename: one.name }),
}));
const suggested = defects.flatMap(({ code, name, messages }) =>
  messages.flatMap(({ suggestions = [], ruleId }) =>
    suggestions.map(({ fix, desc }) => ({ code, name, ruleId, desc, fix, before: messages.length })),
  ),
);

it('has suggestions to try', () => {
  expect(suggested.length).toBeGreaterThan(10);
});

describe.each(suggested)('$desc in $code', ({ code, name, fix, before }) => {
  const output = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
  const after = linter.verify(output, config, { filename: name });

  it('parses and is not flagged again', () => {
    expect(after.filter(({ fatal }) => fatal)).toEqual([]);
    expect(after.length).toBe(before - 1);
  });
});

it('fixes nothing by itself', () => {
  expect(defects.flatMap(({ messages }) => messages).filter(({ fix }) => fix)).toEqual([]);
});
