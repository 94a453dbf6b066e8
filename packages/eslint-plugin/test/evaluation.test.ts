// The evaluation set: how much is found, how little is wrong, the same in the oldest and the newest ESLint.
import { Linter as Linter9 } from 'eslint9';
import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { judgeCases, score, type JudgedCase } from '../evaluation/run.mjs';
import plugin from '../src/index.js';

const cases = judgeCases(plugin);
const verdicts = (judged: JudgedCase[]) => judged.map(({ what, reports }) => `${what}: ${reports.join(', ')}`);
const missed = (wanted: string, judged: JudgedCase[]) =>
  judged
    .filter(({ label, reports }) => label === wanted && reports.length > 0 === (wanted === 'ok'))
    .map(({ code }) => code);

it('has at least 150 cases, all of which parse', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(cases.filter(({ fatal, label }) => fatal || !['bad', 'ok'].includes(label))).toEqual([]);
});

describe.each([...new Set(cases.map(({ category }) => category))])('%s', (category) => {
  const judged = cases.filter((one) => one.category === category);

  it('is found with a recall of 0.95 or more', () => {
    expect(score(judged).recall, missed('bad', judged).join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  it('is found with a precision of 0.98 or more', () => {
    expect(score(judged).precision, missed('ok', judged).join('\n')).toBeGreaterThanOrEqual(0.98);
  });
});

it('says the same in ESLint 9', () => {
  expect(verdicts(judgeCases(plugin, Linter9 as unknown as typeof Linter))).toEqual(verdicts(cases));
}, 180_000);
