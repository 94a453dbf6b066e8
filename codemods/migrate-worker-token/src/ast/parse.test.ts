import { expect, it } from 'vitest';
import { parseText, whyUnparsable } from './parse.js';

function reasonFor(path: string, text: string): string {
  try {
    parseText(path, text);
  } catch (error) {
    return whyUnparsable(error);
  }
  return 'it parses';
}

it('says on which line and in which column a file stops to be code', () => {
  expect(reasonFor('a.js', 'const a = 1;\nfunction ( {\n')).toMatch(/^line 2, column \d+: \S/);
  expect(reasonFor('a.ts', 'const a = 1;\nconst b = ;\n')).toMatch(/^line 2, column \d+: Unexpected token/);
});

it('hands on a message without a place as it is', () => {
  expect(whyUnparsable('too deep')).toBe('too deep');
});
