/**
 * Turns the text of a SCIM filter into a tree: `and` binds tighter than `or`, parentheses group. Which attributes and operators an endpoint
 * takes is checked in `rules.ts`.
 */
import type { Comparison, Filter, FilterValue } from './ast.js';
import { FilterSyntaxError, tokenize, type FilterToken } from './tokenize.js';

/** @throws FilterSyntaxError */
export function parseFilter(text: string): Filter {
  const cursor = new TokenCursor(tokenize(text));
  const filter = parseOr(cursor);
  if (!cursor.done) throw new FilterSyntaxError('Expected "and", "or" or the end of the filter.');
  return filter;
}

class TokenCursor {
  #next = 0;
  constructor(private readonly tokens: readonly FilterToken[]) {}

  get done(): boolean {
    return this.#next >= this.tokens.length;
  }

  /** Takes the next token when it is this word (in any case) or bracket. */
  take(kind: 'word' | 'bracket', text: string): boolean {
    const token = this.tokens[this.#next];
    const taken = token?.kind === kind && token.text.toLowerCase() === text;
    if (taken) this.#next++;
    return taken;
  }

  expect(kind: FilterToken['kind'], what: string): string {
    const token = this.tokens[this.#next++];
    if (token?.kind !== kind) throw new FilterSyntaxError(`Expected ${what} in the filter.`);
    return token.text;
  }

  nextToken(what: string): FilterToken {
    const token = this.tokens[this.#next++];
    if (!token) throw new FilterSyntaxError(`Expected ${what} at the end of the filter.`);
    return token;
  }
}

function parseOr(cursor: TokenCursor): Filter {
  let left = parseAnd(cursor);
  while (cursor.take('word', 'or')) left = { kind: 'or', left, right: parseAnd(cursor) };
  return left;
}

function parseAnd(cursor: TokenCursor): Filter {
  let left = parseTerm(cursor);
  while (cursor.take('word', 'and')) left = { kind: 'and', left, right: parseTerm(cursor) };
  return left;
}

function parseTerm(cursor: TokenCursor): Filter {
  if (cursor.take('bracket', '(')) {
    const inner = parseOr(cursor);
    if (!cursor.take('bracket', ')')) throw new FilterSyntaxError('Expected ")" in the filter.');
    return inner;
  }
  const attribute = cursor.expect('word', 'an attribute');
  if (!cursor.take('bracket', '[')) return parseComparison(cursor, attribute);
  const inner = parseComparison(cursor, `${attribute}.${cursor.expect('word', 'an attribute')}`);
  if (!cursor.take('bracket', ']')) throw new FilterSyntaxError('Expected "]" in the filter.');
  return inner;
}

function parseComparison(cursor: TokenCursor, attribute: string): Comparison {
  const operator = cursor.expect('word', 'an operator').toLowerCase();
  const value = operator === 'in' ? parseList(cursor) : parseValue(cursor.nextToken('a value'));
  return { kind: 'comparison', attribute, operator, value };
}

function parseList(cursor: TokenCursor): FilterValue[] {
  const close = cursor.take('bracket', '[') ? ']' : cursor.take('bracket', '(') ? ')' : undefined;
  if (!close) throw new FilterSyntaxError('Expected a list in brackets after "in".');
  const values: FilterValue[] = [];
  do values.push(parseValue(cursor.nextToken('a value')));
  while (cursor.take('bracket', ','));
  if (!cursor.take('bracket', close)) throw new FilterSyntaxError(`Expected "${close}" in the filter.`);
  return values;
}

function parseValue(token: FilterToken): FilterValue {
  if (token.kind === 'value') return token.text;
  if (token.kind === 'word') {
    if (/^(true|false)$/i.test(token.text)) return token.text.toLowerCase() === 'true';
    if (/^-?\d+(\.\d+)?$/.test(token.text)) return Number(token.text);
  }
  throw new FilterSyntaxError('Expected a quoted text, a number, true or false in the filter.');
}
