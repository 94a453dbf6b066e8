import { describe, expect, it } from 'vitest';
import { decodeEnvelope, decodeHead, encodeEnvelope, type Envelope } from './envelope.js';

const FIELDS: Envelope = {
  v: 1,
  k: 'flow-a',
  rev: 3,
  id: 'write-1',
  t: 1700000000000,
  exp: 1700000001000,
  s: 2,
  d: '{"a":"ä\\"x"}',
};
const TEXT = encodeEnvelope(FIELDS);

describe('the envelope', () => {
  it('reads what it wrote', () => {
    expect(decodeEnvelope(TEXT, 'flow-a', 3)).toEqual({ envelope: FIELDS });
    const sealed = { ...FIELDS, alg: 'A256GCM:k', iv: 'iv' };
    expect(decodeEnvelope(encodeEnvelope(sealed), 'flow-a', 3)).toEqual({ envelope: sealed });
  });

  it('stays readable in the format that was released first', () => {
    const frozen = '{"v":1,"k":"flow-a","rev":3,"id":"write-1-d9f36d85","t":1700000000000,"s":2,"d":"{}"}';
    expect(decodeEnvelope(frozen, 'flow-a', 3)).toMatchObject({ envelope: { d: '{}', s: 2 } });
  });

  it('is read by its head without a look at what the payload holds', () => {
    const damaged = TEXT.replace('ä', 'o');
    expect(decodeEnvelope(damaged, 'flow-a', 3)).toMatchObject({ problem: { kind: 'corrupt' } });
    expect(decodeHead(damaged, 'flow-a', 3)).toMatchObject({ envelope: { t: FIELDS.t, exp: FIELDS.exp, k: 'flow-a' } });
    expect(decodeHead(TEXT, 'flow-b', 3)).toMatchObject({ problem: { kind: 'wrong-slot' } });
    expect(decodeHead(TEXT.slice(0, -2), 'flow-a', 3)).toMatchObject({ problem: { kind: 'corrupt' } });
  });

  it('finds out a record in the wrong slot, at the wrong revision, or of a newer format', () => {
    expect(decodeEnvelope(TEXT, 'flow-b', 3)).toMatchObject({ problem: { kind: 'wrong-slot', bytes: TEXT.length } });
    expect(decodeEnvelope(TEXT, 'flow-a', 4)).toMatchObject({ problem: { kind: 'corrupt' } });
    const newer = encodeEnvelope({ ...FIELDS, v: 2 });
    expect(decodeEnvelope(newer, 'flow-a', 3)).toMatchObject({ problem: { kind: 'newer-format' } });
  });

  it('never throws at, and never misreads, a truncated record', () => {
    for (let length = 0; length < TEXT.length; length++) {
      expect(decodeEnvelope(TEXT.slice(0, length), 'flow-a', 3)).toHaveProperty('problem.kind', 'corrupt');
    }
  });

  it('never throws at, and never misreads, a record with any one character changed', () => {
    for (let at = 0; at < TEXT.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = TEXT.slice(0, at) + String.fromCharCode(TEXT.charCodeAt(at) ^ (1 << bit)) + TEXT.slice(at + 1);
        const decoded = decodeEnvelope(flipped, 'flow-a', 3);
        if (!decoded.problem) expect(decoded.envelope).toEqual(FIELDS);
      }
    }
  });

  it.each([
    '',
    'null',
    '[]',
    '5',
    '{}',
    '"x"',
    '{"v":1}',
    '{"__proto__":{"polluted":1}}',
    `${'['.repeat(500)}${']'.repeat(500)}`,
  ])('calls %s corrupt', (text) => {
    expect(decodeEnvelope(text, 'flow-a', 3)).toMatchObject({ problem: { kind: 'corrupt', bytes: text.length } });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
