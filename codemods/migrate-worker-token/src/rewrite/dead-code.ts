/** Takes away what an edit made dead, and nothing that was dead before: names, private members, empty branches. */
import { parseText } from '../ast/parse.js';
import { analyseScopes } from '../ast/scopes.js';
import { applyEdits } from './apply-edits.js';
import { emptyBlocks } from './empty-blocks.js';
import type { Parsed, Span } from './parsed-text.js';
import { unusedMembers } from './unused-members.js';
import { unusedNames } from './unused-names.js';

const MAX_ROUNDS = 12;

export function removeDeadCode(path: string, before: string, edited: string): string {
  const original = parsed(path, before);
  let text = edited;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const now = parsed(path, text);
    const spans = [unusedNames, unusedMembers, emptyBlocks]
      .map((find) => find(original, now))
      .find((found) => found.length > 0);
    if (!spans) break;
    text = applyEdits(text, withoutOverlaps(spans));
  }
  return text;
}

function parsed(path: string, text: string): Parsed {
  const { program } = parseText(path, text);
  return { text, program, scopes: analyseScopes(program) };
}

function withoutOverlaps(spans: Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || span.start >= last.end) kept.push(span);
  }
  return kept;
}
