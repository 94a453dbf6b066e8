import { describe, expect, it } from 'vitest';
import { isLegacyPrefix, keyKind, nearMissOf } from './keys.js';
import { defaultSignals } from './table.js';

const signals = defaultSignals();

describe('keyKind', () => {
  it.each([
    ['worker_credentials', 'credentials'],
    ['pingone_worker_token_credentials', 'credentials'],
    ['worker_credentials_secret', 'secret'],
    ['worker_token', 'token'],
    ['worker_token_expires_at', 'expiry'],
    ['worker_token_metrics', 'related'],
    ['pingone_worker_token_kroger', 'related'],
  ])('knows %s as %s', (key, kind) => expect(keyKind(key, signals)).toBe(kind));

  it.each(['worker_credentials_help_seen', 'co_worker_credentials', 'worker_tokens_sold', 'service_worker_token', ''])(
    'leaves %s to its owner',
    (key) => expect(keyKind(key, signals)).toBeNull(),
  );
});

it('takes a static prefix for ours only at a key boundary', () => {
  expect(isLegacyPrefix('worker_token_', signals)).toBe(true);
  expect(isLegacyPrefix('worker_', signals)).toBe(false);
});

it('names the key that a misspelling was meant to be', () => {
  expect(nearMissOf('worker-token', signals)).toBe('worker_token');
  expect(nearMissOf('worker_token', signals)).toBeNull();
  expect(nearMissOf('worker_tokens_sold', signals)).toBeNull();
});
