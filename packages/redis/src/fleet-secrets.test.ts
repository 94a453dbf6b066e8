import { expect, it } from 'vitest';
import { fleetSecretsFrom } from './fleet-secrets.js';

const from = (byte: number) => fleetSecretsFrom(() => Buffer.alloc(32, byte))();

it('opens what it has sealed, at the same place only', async () => {
  const secrets = await from(1);
  const sealed = secrets.seal('a token', 'here');
  expect(sealed).not.toContain('token');
  expect(secrets.open(sealed, 'here')).toBe('a token');
  expect(secrets.open(sealed, 'there')).toBeNull();
  expect(secrets.open(`${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`, 'here')).toBeNull();
  expect(secrets.open('v1.', 'here')).toBeNull();
  expect(secrets.open('', 'here')).toBeNull();
  expect((await from(2)).open(sealed, 'here')).toBeNull();
});

it('names a slot differently with another key, and never by the fingerprint', async () => {
  const fingerprint = 'ab'.repeat(32);
  const [one, two] = await Promise.all([from(1), from(2)]);
  expect(one.idOf(fingerprint)).toBe((await from(1)).idOf(fingerprint));
  expect(one.idOf(fingerprint)).not.toBe(two.idOf(fingerprint));
  expect(one.idOf(fingerprint)).not.toContain(fingerprint.slice(0, 8));
});

it('asks for the key again after that had failed, and refuses one of another length', async () => {
  let calls = 0;
  const secrets = fleetSecretsFrom(async () => {
    if (++calls === 1) throw new Error('not yet');
    return Buffer.alloc(32);
  });
  await expect(secrets()).rejects.toThrow('not yet');
  expect(await secrets()).toBe(await secrets());
  expect(calls).toBe(2);
  await expect(fleetSecretsFrom(() => Buffer.alloc(16))()).rejects.toThrow('Expected a key of 32 bytes, got 16.');
});
