import { expect, test } from 'vitest';
import { isAllowedHost, isLoopback, isSafeAddress } from './hosts.js';

test.each(['localhost', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]'])('%s is this machine', (name) => {
  expect(isLoopback(name)).toBe(true);
});

test.each(['localhost.example.com', '127.0.0.1.example.com', '128.0.0.1', 'example.com', '0.0.0.0'])(
  '%s is not',
  (name) => {
    expect(isLoopback(name)).toBe(false);
  },
);

test.each([
  ['https://auth.pingone.com/x', true],
  ['http://localhost:4010/x', true],
  ['http://auth.pingone.com/x', false],
  ['https://user:pass@auth.pingone.com/x', false],
  ['ftp://localhost/x', false],
])('%s is safe: %s', (address, safe) => {
  expect(isSafeAddress(new URL(address))).toBe(safe);
});

test('a host is compared as a whole, with its port', () => {
  expect(isAllowedHost(new URL('https://AUTH.pingone.com/'), ['auth.PINGONE.com'])).toBe(true);
  expect(isAllowedHost(new URL('http://127.0.0.1:4010/'), ['127.0.0.1:4010'])).toBe(true);
  expect(isAllowedHost(new URL('http://127.0.0.1:4011/'), ['127.0.0.1:4010', '127.0.0.1'])).toBe(false);
  expect(isAllowedHost(new URL('https://auth.pingone.com.evil.example/'), ['auth.pingone.com'])).toBe(false);
});
