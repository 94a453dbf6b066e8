/**
 * Records and exports of format version 1, frozen: each version to come has to read them. A fixture is never changed; a new format gets a
 * folder of its own beside this one.
 */
import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { defineFlow } from '../src/flow-definition.js';
import { flowKey } from '../src/flow-key.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import type { CredentialStorage, CredentialStorageOptions } from '../src/types/storage.js';
import { thaw, type Frozen } from './frozen-places.js';

const folder = join(import.meta.dirname, 'fixtures/format-1');
const read = (name: string): unknown => JSON.parse(fs.readFileSync(join(folder, name), 'utf8'));
const names = fs.readdirSync(folder).sort();
const NOW = 1_800_000_000_000;
const clock = { now: () => NOW };
const PASSPHRASE = 'correct horse battery staple';

const versioned = defineFlow<{ clientId: string; n: number }>({
  key: 'versioned',
  version: 3,
  migrations: { 2: (old) => old, 3: (old) => ({ ...(old as object), n: 3 }) },
});

/** What each place holds, whoever sealed it. */
async function contents(storage: CredentialStorage): Promise<unknown> {
  const load = async (name: string) => (await storage.loadFlowCredentials(flowKey(name))).data;
  return {
    flow: await load('oauth-implicit-v7'),
    text: await load('text'),
    versioned: (await storage.loadFlowCredentials(versioned)).data,
    expiring: await load('expiring'),
    expired: await load('expired'),
    removed: await storage.loadFlowCredentials(flowKey('removed')),
    credentials: (await storage.shared.credentials.load()).data,
    token: (await storage.shared.token.load()).data,
  };
}

describe('a place of format 1', () => {
  it.each(names.filter((name) => name.startsWith('records-')))(
    '%s opens, and stays readable when it is saved to',
    async (name) => {
      const frozen = read(name) as Frozen & Pick<CredentialStorageOptions, 'encryption' | 'appId'>;
      const { tier, close } = await thaw(frozen);
      const options = { tiers: [tier], encryption: frozen.encryption ?? 'preferred', clock, channel: null };
      const storage = createCredentialStorage({ ...options, ...(frozen.appId ? { appId: frozen.appId } : {}) });
      expect(await contents(storage)).toEqual(read('expected.json'));
      expect(await storage.damaged.list()).toEqual([]);
      expect(
        (await storage.listFlows()).map(({ flow, revision, encrypted }) => [flow, revision, encrypted]).sort(),
      ).toEqual(
        ['expiring', 'oauth-implicit-v7', 'text', 'versioned'].map((flow) => [
          flow,
          flow === 'text' ? 2 : 1,
          frozen.key !== null,
        ]),
      );
      expect((await storage.saveFlowCredentials(flowKey('text'), 'new', { ifRevision: 2 })).revision).toBe(3);
      expect(await contents(storage)).toEqual({ ...(read('expected.json') as object), text: 'new' });
      storage.dispose();
      await close();
    },
  );
});

describe('an export of version 1', () => {
  it.each([
    ['export-plain.json', {}, ['versioned', 'worker-token-credentials']],
    [
      'export-sealed.json',
      { passphrase: PASSPHRASE },
      ['expiring', 'oauth-implicit-v7', 'text', 'versioned', 'worker-token-credentials'],
    ],
  ])('%s is taken over', async (name, options, added) => {
    const storage = createCredentialStorage({ tiers: [memoryTier()], clock });
    const { records } = await storage.importAll(read(name), { ...options, flows: [versioned] });
    expect(records.filter(({ action }) => action === 'added').map(({ key }) => key)).toEqual(added);
    expect((await storage.loadFlowCredentials(versioned)).data).toEqual({ clientId: 'a', n: 3 });
    expect((await storage.shared.credentials.load()).data).toMatchObject({
      clientId: 'client-1',
      clientSecret: 'passphrase' in options ? 'not a secret' : '',
    });
  });
});
