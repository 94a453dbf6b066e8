import { describe, expect, it } from 'vitest';
import { matches } from './match.js';
import { parseFilter } from './parse.js';
import { FilterSyntaxError } from './tokenize.js';

const user = {
  email: 'Mira@example.test',
  enabled: true,
  at: '2026-03-04T05:06:07.089Z',
  groups: [{ id: 'a' }, { id: 'b' }],
};

describe('filters', () => {
  it('binds "and" tighter than "or"', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((attribute) => ({ kind: 'comparison', attribute, operator: 'eq', value: 1 }));
    const right = { kind: 'and', left: b, right: c };
    expect(parseFilter('a eq 1 or b eq 1 and c eq 1')).toEqual({ kind: 'or', left: a, right });
  });

  it.each([
    ['email eq "mira@example.test"', true],
    ['EMAIL EQ "mira@example.test" AND enabled eq true', true],
    ['email sw "MIRA"', true],
    ['enabled eq false or groups[id eq "b"]', true],
    ['(enabled eq false or email sw "m") and groups.id eq "c"', false],
    ['groups.id in ["x", "a"]', true],
    ['at ge "2026-03-04T05:06:07.089Z" and at lt "2026-03-04T06:06:08+01:00"', true],
    ['at gt "2026-03-04T05:06:07.089Z"', false],
    ['missing eq "x"', false],
  ])('%s → %s', (text, expected) => {
    expect(matches(parseFilter(text), user)).toBe(expected);
  });

  it('reads escaped quotes and backslashes', () => {
    expect(parseFilter(String.raw`name eq "a \"b\" \\c"`)).toMatchObject({ value: String.raw`a "b" \c` });
  });

  it.each([
    '',
    'email',
    'email eq',
    'email eq bare',
    '(email eq "x"',
    'a[b eq "x"',
    'a in "x"',
    'email eq "x" "y"',
    '"',
  ])('refuses %o without repeating it', (text) => {
    expect(() => parseFilter(text)).toThrow(FilterSyntaxError);
  });
});
