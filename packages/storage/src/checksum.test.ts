import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checksum } from './checksum.js';

it('is the CRC-32 of the text in UTF-16, low byte first', () => {
  const reference = (text: string) => crc32(Buffer.from(text, 'utf16le')).toString(16).padStart(8, '0');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => checksum(text) === reference(text)),
    { seed: 1, numRuns: 2_000 },
  );
});

it.each([
  ['', '00000000'],
  ['a', '3d3f4819'],
])('never changes, since it is stored: %j', (text, expected) => expect(checksum(text)).toBe(expected));
