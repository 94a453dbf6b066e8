import { expect, test } from 'vitest';
import { redact, secretsOf } from './redact.js';

const credentials = { clientId: 'id with space', clientSecret: 'pä/ss+wörd=?&"x' };
const utf8Base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['as it is', credentials.clientSecret],
  ['URL-encoded', encodeURIComponent(credentials.clientSecret)],
  ['form-encoded', new URLSearchParams({ v: credentials.clientSecret }).toString().slice(2)],
  ['in JSON', JSON.stringify(credentials.clientSecret).slice(1, -1)],
  ['in base64', utf8Base64(credentials.clientSecret)],
  ['in base64url', Buffer.from(credentials.clientSecret).toString('base64url')],
  ['in Basic form', utf8Base64(`${credentials.clientId}:${credentials.clientSecret}`)],
  [
    'in Basic form, form-encoded',
    utf8Base64(`id+with+space:${new URLSearchParams({ v: credentials.clientSecret }).toString().slice(2)}`),
  ],
])('hides the secret %s', (_, form) => {
  expect(redact(`before ${form} after`, secretsOf(credentials))).toBe('before [hidden] after');
});

test('hides bearer tokens and JWTs of anybody', () => {
  expect(redact('sent Bearer abcdefgh123 to', [])).toBe('sent Bearer [hidden] to');
  expect(redact('got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1', [])).toBe('got [hidden]');
});

test('leaves everything else alone, and values that are hardly secrets', () => {
  expect(redact('nothing here', ['', undefined, 'no'])).toBe('nothing here');
  expect(secretsOf(null)).toEqual([]);
  expect(secretsOf({ clientId: 'x', clientSecret: '' })).toEqual([]);
});
