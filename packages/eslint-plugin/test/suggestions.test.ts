// Every suggestion for every defect that the sources know parses, type-checks, keeps comments and makes its report go away.
import { expect, it } from 'vitest';
import { allDefects, applySuggestions } from './defects.js';
import { newDiagnostics } from './new-diagnostics.js';

const defects = await allDefects();
const applied = applySuggestions(defects);
const shown = (one: { title: string; code: string; output: string }, why: string) =>
  `${one.title}\n${one.code}\n→\n${one.output}\n${why}`;

it('knows many defects, and many suggestions to try', () => {
  expect(defects.length).toBeGreaterThan(300);
  expect(applied.length).toBeGreaterThan(35);
});

it('suggests what parses', () => {
  expect(applied.filter(({ fatal }) => fatal.length > 0).map((one) => shown(one, one.fatal.join()))).toEqual([]);
});

it('suggests what is not flagged again', () => {
  const left = applied.filter(({ before, after }) => after >= before);
  expect(left.map((one) => shown(one, `${one.before} reports, then ${one.after}`))).toEqual([]);
});

it('suggests what the compiler has nothing new to say about', () => {
  const news = newDiagnostics(applied.map(({ code, output }) => ({ before: code, after: output })));
  expect(applied.flatMap((one, at) => (news[at]?.length ? [shown(one, news[at].join('\n'))] : []))).toEqual([]);
}, 120_000);

it('keeps every comment', () => {
  const comments = (text: string) =>
    [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/[^\n]*/g)].map(([comment]) => comment);
  expect(applied.filter(({ code, output }) => comments(code).join() !== comments(output).join())).toEqual([]);
});

it('imports the manager once, and awaits only in async functions and modules', () => {
  for (const { output } of applied)
    expect(output.match(/import [^;]*\bworkerTokenManager\b[^;]*from/g)?.length ?? 0, output).toBeLessThanOrEqual(1);
});
