import { expect, test } from 'vitest';
import { DEFAULT_LIFE_MS, expiryOf } from './expiry.js';

const AT = 1_700_000_000_000;
const jwt = (claims: object) => `eyJhbGciOiJub25lIn0.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.sig`;
const expiry = (expires_in: unknown, access_token = 'opaque', serverDate?: number) =>
  expiryOf(
    {
      access_token,
      token_type: 'Bearer',
      expires_in: expires_in as number,
      ...(serverDate === undefined ? {} : { serverDate }),
    },
    AT,
    AT + 500,
  ) - AT;

test.each([
  ['a number', 3600, 3_600_000],
  ['numeric text', '3600', 3_600_000],
  ['a fraction', 3600.5, 3_600_500],
  ['missing', undefined, DEFAULT_LIFE_MS],
  ['null', null, DEFAULT_LIFE_MS],
  ['words', 'abc', DEFAULT_LIFE_MS],
  ['empty text', '', DEFAULT_LIFE_MS],
  ['NaN', NaN, DEFAULT_LIFE_MS],
  ['Infinity', Infinity, DEFAULT_LIFE_MS],
])('27. expires_in is %s', (_, value, life) => {
  expect(expiry(value)).toBe(life);
});

test.each([0, -1, '0', '-5'])('27. a life of %s seconds is a malformed response, not a loop', (value) => {
  expect(() => expiry(value)).toThrow(expect.objectContaining({ kind: 'malformed-response', retryable: false }));
});

test('a JWT without expires_in lives until its exp', () => {
  expect(expiry(undefined, jwt({ exp: AT / 1000 + 900 }))).toBe(900_000);
  expect(expiry('abc', jwt({ exp: AT / 1000 + 900 }))).toBe(900_000);
  expect(expiry(undefined, jwt({ exp: 'soon' }))).toBe(DEFAULT_LIFE_MS);
  expect(expiry(undefined, 'a.%%%.c')).toBe(DEFAULT_LIFE_MS);
});

test.each([2, -2])('23. with the server %s hours off, exp is read by the server’s clock', (hours) => {
  const skew = hours * 3_600_000;
  const life = expiry(undefined, jwt({ exp: (AT + skew) / 1000 + 900 }), AT + skew);
  expect(Math.abs(life - 900_000)).toBeLessThan(1_500);
});

test('a Date header within the time of the request is no skew', () => {
  expect(expiry(undefined, jwt({ exp: AT / 1000 + 900 }), AT - 900)).toBe(900_000);
});
