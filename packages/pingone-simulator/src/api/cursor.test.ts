import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.js';

const content = { collection: '/users', filter: 'email eq "mira@example.test"', order: '', limit: 10, offset: 10 };

it('gives back what it holds', () => {
  expect(decodeCursor(encodeCursor(content))).toEqual(content);
});

it('shows nothing of the filter and never looks the same twice', () => {
  const cursor = encodeCursor(content);
  expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('mira');
  expect(encodeCursor(content)).not.toBe(cursor);
});

it('is refused when one byte was changed', () => {
  const bytes = Buffer.from(encodeCursor(content), 'base64url');
  for (const index of [0, 15, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(decodeCursor(changed.toString('base64url'))).toBeUndefined();
  }
  expect(decodeCursor('')).toBeUndefined();
});
