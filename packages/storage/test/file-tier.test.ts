/** Files: who may see them, what is followed, what a lock is for, and what is encrypted. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { conformanceCases } from '../src/conformance.js';
import { createCredentialStorage } from '../src/credential-storage.js';
import { EncryptionUnavailableError, StorageUnavailableError } from '../src/errors.js';
import { flowKey } from '../src/flow-key.js';
import { keyFromEnvironment } from '../src/node/environment-key.js';
import { fileTier } from '../src/node/file-tier.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import type { CredentialStorageOptions } from '../src/types/storage.js';

const A = flowKey('flow-a');
const PHYSICAL = 'flow_credentials_flow-a';
const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);

let home: string;
let directory: string;
beforeEach(() => {
  home = fs.mkdtempSync(join(tmpdir(), 'file-tier-'));
  directory = join(home, 'credentials');
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(home, { recursive: true, force: true });
});

const file = (name = 'flow-a.json') => join(directory, name);
const mode = (path: string) => (fs.statSync(path).mode & 0o777).toString(8);
const storageOver = (options: CredentialStorageOptions & { key?: () => Uint8Array } = {}) =>
  createCredentialStorage({
    tiers: [memoryTier(), fileTier({ directory, key: options.key, lockTimeoutMs: 200 })],
    encryption: options.encryption ?? 'off',
    ...(options.logger ? { logger: options.logger } : {}),
  });

describe('the file tier', () => {
  let count = 0;
  it.each(conformanceCases(() => fileTier({ directory: join(home, String(count++)) })))('$title', ({ run }) => run());

  it('keeps a flow in a file of its own that nobody else may open', async () => {
    await storageOver().saveFlowCredentials(A, { secret: 'x' });
    expect([mode(directory), mode(file())]).toEqual(['700', '600']);
    expect(fs.readdirSync(directory)).toEqual(['flow-a.json']);
  });

  it('writes below the home directory where nothing else is said', async () => {
    vi.stubEnv('HOME', home);
    await fileTier().compareAndSet(PHYSICAL, null, { revision: 1, text: 'x' });
    expect(fs.readdirSync(join(home, '.worker-token/credentials'))).toEqual(['flow-a.json']);
    expect(mode(join(home, '.worker-token'))).toBe('700');
  });

  it('sees what another process saved, although it has a copy in memory', async () => {
    const [one, two] = [storageOver(), storageOver()];
    await one.saveFlowCredentials(A, 1);
    expect((await two.loadFlowCredentials(A)).data).toBe(1);
    await one.saveFlowCredentials(A, 2);
    expect(await two.loadFlowCredentials(A)).toMatchObject({ data: 2, source: 'file', revision: 2 });
  });

  it('refuses a key that is no key of a flow', async () => {
    for (const key of ['flow_credentials_../../x', 'flow_credentials_a/b', 'other']) {
      await expect(fileTier({ directory }).get(key)).rejects.toMatchObject({ code: 'invalid-flow-key' });
    }
  });
});

describe('a file or directory that others may open', () => {
  it.each([
    [
      'a file that the group may read',
      () => fs.chmodSync(file(), 0o640),
      /flow-a\.json" is open to other users \(mode 640\)/,
    ],
    [
      'a directory that everybody may list',
      () => fs.chmodSync(directory, 0o755),
      /credentials" is open to other users/,
    ],
  ])('%s is reported and not believed', async (_, loosen, message) => {
    const warn = vi.fn();
    await storageOver().saveFlowCredentials(A, 'canary');
    loosen();
    const storage = storageOver({ logger: { debug() {}, info() {}, warn, error() {} } });
    const { data, problem } = await storage.loadFlowCredentials(A);
    expect(data).toBeNull();
    expect(problem).toMatchObject({ kind: 'permissions', message: expect.stringMatching(message) });
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(message));
    expect(storage.status().degraded).toMatchObject([{ tier: 'file' }]);
    expect(await storage.listFlows()).toMatchObject([{ problem: { kind: 'permissions' } }]);
    expect(fs.readFileSync(file(), 'utf8')).toContain('canary');
  });

  it('a save over such a file makes it private again', async () => {
    const storage = storageOver();
    await storage.saveFlowCredentials(A, 1);
    fs.chmodSync(file(), 0o644);
    expect((await storage.loadFlowCredentials(A)).problem?.kind).toBe('permissions');
    expect((await storage.saveFlowCredentials(A, 2)).revision).toBe(2);
    expect(mode(file())).toBe('600');
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: 2 });
    expect(storage.status().degraded).toBeUndefined();
  });

  it('nothing is written into such a directory', async () => {
    fs.mkdirSync(directory, { mode: 0o777 });
    fs.chmodSync(directory, 0o777);
    const { failed } = await storageOver().saveFlowCredentials(A, 'canary');
    expect(failed).toMatchObject([{ tier: 'file', reason: expect.stringContaining('chmod') }]);
    expect(fs.readdirSync(directory)).toEqual([]);
  });
});

describe('a symbolic link', () => {
  it('in place of a record is neither read, nor written through, nor replaced', async () => {
    await storageOver().saveFlowCredentials(flowKey('flow-b'), 'canary');
    fs.symlinkSync(file('flow-b.json'), file());
    const before = fs.readFileSync(file('flow-b.json'), 'utf8');
    const storage = storageOver();
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, problem: { kind: 'permissions' } });
    const { failed } = await storage.saveFlowCredentials(A, 'y');
    expect(failed).toMatchObject([{ tier: 'file', reason: expect.stringContaining('is a link') }]);
    expect(fs.readFileSync(file('flow-b.json'), 'utf8')).toBe(before);
    expect(fs.lstatSync(file()).isSymbolicLink()).toBe(true);
  });

  it.each(['flow-a.json.tmp', 'flow-a.json.lock'])(
    'planted as %s gets nothing written into its target',
    async (name) => {
      fs.mkdirSync(directory, { mode: 0o700 });
      const victim = join(home, 'victim');
      fs.writeFileSync(victim, 'untouched');
      fs.symlinkSync(victim, file(name));
      await storageOver().saveFlowCredentials(A, 'canary');
      expect(fs.readFileSync(victim, 'utf8')).toBe('untouched');
    },
  );

  it('in place of the directory is not followed', async () => {
    const elsewhere = join(home, 'elsewhere');
    fs.mkdirSync(elsewhere, { mode: 0o700 });
    fs.symlinkSync(elsewhere, directory);
    const { failed } = await storageOver().saveFlowCredentials(A, 'canary');
    expect(failed).toMatchObject([{ tier: 'file', reason: expect.stringContaining('symbolic link') }]);
    expect(fs.readdirSync(elsewhere)).toEqual([]);
  });
});

describe('the lock of a record', () => {
  const lock = (owner: object | string) => {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    fs.writeFileSync(file('flow-a.json.lock'), typeof owner === 'string' ? owner : JSON.stringify(owner));
  };
  const host = 'elsewhere';

  it('of a process that lives is waited for, and then the save fails and says so', async () => {
    lock({ pid: process.ppid, host: (await import('node:os')).hostname(), token: 't' });
    const tier = fileTier({ directory, lockTimeoutMs: 50 });
    const saving = tier.compareAndSet(PHYSICAL, null, { revision: 1, text: 'x' });
    await expect(saving).rejects.toBeInstanceOf(StorageUnavailableError);
    expect(fs.existsSync(file('flow-a.json.lock'))).toBe(true);
  });

  it('of a process that died is taken away from it', async () => {
    lock({ pid: 2 ** 30, host: (await import('node:os')).hostname(), token: 't' });
    expect(await fileTier({ directory }).compareAndSet(PHYSICAL, null, { revision: 1, text: 'x' })).toEqual({
      ok: true,
    });
    expect(fs.readdirSync(directory)).toEqual(['flow-a.json']);
  });

  it.each([
    ['of another machine, older than anybody holds one', { pid: 1, host, token: 't' }],
    ['that its process did not live to write', ''],
  ])('%s is taken away', async (_, owner) => {
    lock(owner);
    const old = new Date(Date.now() - 60_000);
    fs.utimesSync(file('flow-a.json.lock'), old, old);
    expect(await fileTier({ directory }).compareAndSet(PHYSICAL, null, { revision: 1, text: 'x' })).toEqual({
      ok: true,
    });
  });

  it('is no file that another one left for itself: what a crash left behind is cleared by the next save', async () => {
    fs.mkdirSync(directory, { mode: 0o700 });
    fs.writeFileSync(file('flow-a.json.tmp'), 'half a rec');
    await storageOver().saveFlowCredentials(A, 1);
    expect(fs.readdirSync(directory)).toEqual(['flow-a.json']);
  });
});

describe('encryption of files', () => {
  it('seals with the key of a callback, and opens with the same bytes in another process', async () => {
    const storage = storageOver({ key: () => KEY, encryption: 'required' });
    await storage.saveFlowCredentials(A, 'canary');
    expect(storage.status()).toEqual({ tier: 'file', durable: true, encrypted: true });
    expect(fs.readFileSync(file(), 'utf8')).not.toContain('canary');
    const again = storageOver({ key: () => KEY.slice(), encryption: 'required' });
    expect((await again.loadFlowCredentials(A)).data).toBe('canary');
  });

  it('counts a record sealed with another key as absent, and leaves it', async () => {
    await storageOver({ key: () => KEY, encryption: 'required' }).saveFlowCredentials(A, 'canary');
    const other = storageOver({ key: () => KEY.slice().reverse(), encryption: 'required' });
    expect(await other.loadFlowCredentials(A)).toMatchObject({ data: null, source: 'none' });
    expect(other.status().degraded?.[0]?.reason).toContain('is gone');
    expect((await storageOver({ key: () => KEY, encryption: 'required' }).loadFlowCredentials(A)).data).toBe('canary');
  });

  it('does not open a record that was copied into another slot', async () => {
    const storage = storageOver({ key: () => KEY, encryption: 'required' });
    await storage.saveFlowCredentials(A, 'canary');
    fs.copyFileSync(file(), file('flow-b.json'));
    expect(await storage.loadFlowCredentials(flowKey('flow-b'))).toMatchObject({
      data: null,
      problem: { kind: 'wrong-slot' },
    });
  });

  it('refuses a key of another length at the first use', async () => {
    const storage = storageOver({ key: () => KEY.slice(1), encryption: 'required' });
    await expect(storage.saveFlowCredentials(A, 1)).rejects.toBeInstanceOf(EncryptionUnavailableError);
  });

  it('throws at creation where it is required and the environment has no key', () => {
    vi.stubEnv('WORKER_TOKEN_STORAGE_KEY', '');
    expect(() => storageOver({ encryption: 'required' })).toThrow(EncryptionUnavailableError);
  });
});

describe('keyFromEnvironment', () => {
  it.each([
    ['hexadecimal digits', Buffer.from(KEY).toString('hex')],
    ['base64', Buffer.from(KEY).toString('base64')],
    ['base64url', Buffer.from(KEY).toString('base64url')],
  ])('reads %s', async (_, text) => {
    vi.stubEnv('MY_KEY', `${text}\n`);
    expect(Uint8Array.from(await keyFromEnvironment('MY_KEY')!())).toEqual(KEY);
  });

  it('throws for something else and does not quote it', () => {
    vi.stubEnv('MY_KEY', 'canary-password');
    expect(() => keyFromEnvironment('MY_KEY')).toThrow(EncryptionUnavailableError);
    expect(() => keyFromEnvironment('MY_KEY')).not.toThrow(/canary/);
  });

  it('is undefined where the variable is not set', () => {
    expect(keyFromEnvironment('NOT_SET_ANYWHERE')).toBeUndefined();
  });
});
