/**
 * Cuts the text of a filter into words, quoted values and brackets.
 */
export type FilterToken = { kind: 'word' | 'bracket'; text: string } | { kind: 'value'; text: string };

/** The text is not a filter. The message says what was expected; it repeats nothing of the text, which may be personal. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
}

const PATTERN = /\s+|([[\](),])|"((?:[^"\\]|\\.)*)"|([^\s[\](),"]+)/gy;

export function tokenize(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    end = match.index + match[0].length;
    const [, bracket, value, word] = match;
    if (bracket !== undefined) tokens.push({ kind: 'bracket', text: bracket });
    else if (value !== undefined) tokens.push({ kind: 'value', text: value.replace(/\\(.)/gs, '$1') });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
  }
  if (end !== text.length) throw new FilterSyntaxError(`Unexpected character at position ${end + 1} of the filter.`);
  return tokens;
}
