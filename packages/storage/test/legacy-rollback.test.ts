/** Old records: the way there, the way back, and what is left when either stops in the middle. */
import { describe, expect, it } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { createLegacyBackup } from '../src/legacy-backup.js';
import { migrateLegacyCredentials } from '../src/legacy-migration.js';
import { rollBackLegacyMigration } from '../src/legacy-rollback.js';
import { rawKeySource } from '../src/raw-key-source.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import type { WorkerTokenCredentials } from '../src/types/credentials.js';
import type { StorageTier } from '../src/types/tier.js';
import { fakeWebStorage } from './fake-web-storage.js';

const CAMEL = JSON.stringify({ environmentId: 'env-1', clientId: 'client-1', clientSecret: 'canary', region: 'eu' });
const SNAKE = JSON.stringify({ environment_id: 'env-2', client_id: 'client-2', scopes: ['a'], region: 'us' });
const BEFORE: WorkerTokenCredentials = {
  environmentId: 'env-0',
  clientId: 'client-0',
  clientSecret: 'secret-0',
  region: 'AP',
  tokenEndpointAuthMethod: 'client_secret_basic',
};
const keySource = rawKeySource(() => new Uint8Array(32));

function setUp() {
  const local = fakeWebStorage({ worker_credentials: CAMEL, snake: SNAKE, other: 'stays' });
  const session = fakeWebStorage({ snake_secret: 'canary-2' });
  const webStorage = { local, session };
  const durable: StorageTier = { ...memoryTier(), durable: true };
  const backup = createLegacyBackup({ webStorage, keySource });
  return { webStorage, local, session, durable, backup, storage: createCredentialStorage({ tiers: [durable] }) };
}
const credentials = ['worker_credentials', 'snake'];
type Given = ReturnType<typeof setUp>;
const migrate = ({ storage, webStorage, backup }: Given) =>
  migrateLegacyCredentials(storage, { webStorage, backup, credentials });
const rollBack = ({ storage, webStorage, backup }: Given) => rollBackLegacyMigration(storage, { webStorage, backup });
const shared = async ({ storage }: Given) => (await storage.shared.credentials.load({ fresh: true })).data;

describe('a migration with a backup', () => {
  it('is taken back: old records, secrets and the shared record are as before', async () => {
    const given = setUp();
    await given.storage.shared.credentials.save(BEFORE);
    const [local, session] = [given.local.dump(), given.session.dump()];
    expect((await migrate(given)).moved).toEqual(['snake', 'worker_credentials']);
    expect(given.local.dump()).toEqual({ other: 'stays' });
    expect(await shared(given)).toMatchObject({ clientId: 'client-1' });
    expect(await rollBack(given)).toEqual({
      restored: ['snake', 'worker_credentials'],
      problems: [],
      credentials: 'restored',
    });
    expect([given.local.dump(), given.session.dump()]).toEqual([local, session]);
    expect(await shared(given)).toEqual(BEFORE);
  });

  it('keeps the backup in the session alone, and sealed', async () => {
    const given = setUp();
    await migrate(given);
    expect(given.local.dump()).toEqual({ other: 'stays' });
    expect(Object.keys(given.session.dump())).toEqual(['worker-token.legacy-backup']);
    expect(JSON.stringify(given.session.dump())).not.toContain('canary');
  });

  it('works without a key, and then the backup is as plain as the records were', async () => {
    const given = setUp();
    given.backup = createLegacyBackup({ webStorage: given.webStorage, keySource: null });
    await migrate(given);
    expect((await rollBack(given)).restored).toEqual(['snake', 'worker_credentials']);
    expect(given.local.dump()).toEqual({ other: 'stays', worker_credentials: CAMEL, snake: SNAKE });
    expect(await shared(given)).toBeNull();
  });

  it('can be planned: nothing changes, not even a backup', async () => {
    const given = setUp();
    const before = [given.local.dump(), given.session.dump()];
    const { storage, webStorage, backup } = given;
    const plan = await migrateLegacyCredentials(storage, { webStorage, backup, credentials, dryRun: true });
    expect(plan.moved).toEqual(['snake', 'worker_credentials']);
    expect([given.local.dump(), given.session.dump()]).toEqual(before);
  });

  it('removes nothing where the backup cannot be kept', async () => {
    const given = setUp();
    given.session.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const { moved, problems } = await migrate(given);
    expect([moved, problems.length]).toEqual([[], 2]);
    expect(given.local.dump()).toMatchObject({ worker_credentials: CAMEL, snake: SNAKE });
  });

  it('does nothing the second time, and can still be taken back', async () => {
    const given = setUp();
    await migrate(given);
    const { moved } = await migrate(given);
    expect(moved).toEqual([]);
    expect((await rollBack(given)).credentials).toBe('restored');
    expect(await rollBack(given)).toEqual({ restored: [], problems: [], credentials: 'kept' });
    expect(given.local.dump()).toMatchObject({ worker_credentials: CAMEL, snake: SNAKE });
  });

  it('leaves what was changed since', async () => {
    const given = setUp();
    await migrate(given);
    await given.storage.shared.credentials.save({ ...BEFORE, clientId: 'typed-since' });
    expect((await rollBack(given)).credentials).toBe('kept');
    expect((await shared(given))?.clientId).toBe('typed-since');
  });

  it('does not overwrite an old record that is there again, and keeps the backup', async () => {
    const given = setUp();
    await migrate(given);
    given.local.setItem('snake', '{"newer":1}');
    expect(await rollBack(given)).toMatchObject({ restored: ['worker_credentials'], problems: [{ key: 'snake' }] });
    expect(given.local.getItem('snake')).toBe('{"newer":1}');
    expect(await given.backup.read()).toHaveLength(2);
    expect(await shared(given)).toMatchObject({ clientId: 'client-1' });
  });

  it('counts a backup that was tampered with as none', async () => {
    const given = setUp();
    await migrate(given);
    const name = 'worker-token.legacy-backup';
    given.session.setItem(name, given.session.getItem(name)!.replace(/"d":".../, '"d":"AAA'));
    expect((await rollBack(given)).restored).toEqual([]);
    expect(await shared(given)).toMatchObject({ clientId: 'client-1' });
  });
});

/** From its nth operation on nothing works, as if the page had died there. */
function dyingAfter(operations: number) {
  let left = operations;
  const step = () => {
    if (left-- <= 0) throw new DOMException('gone', 'InvalidStateError');
  };
  return {
    died: () => left < 0,
    area: (area: ReturnType<typeof fakeWebStorage>) => ({
      getItem: (key: string) => (step(), area.getItem(key)),
      setItem: (key: string, value: string) => (step(), area.setItem(key, value)),
      removeItem: (key: string) => (step(), area.removeItem(key)),
    }),
    tier: (tier: StorageTier): StorageTier => ({
      ...tier,
      get: async (key) => (step(), tier.get(key)),
      compareAndSet: async (key, ...rest) => (step(), tier.compareAndSet(key, ...rest)),
    }),
  };
}

/** Runs `work` in a page that dies at each of its operations in turn. */
async function dieEverywhere(
  prepare: (given: Given) => Promise<unknown>,
  work: (given: Given) => Promise<unknown>,
  check: (given: Given, operations: number) => Promise<void>,
): Promise<number> {
  for (let operations = 0; ; operations++) {
    const given = setUp();
    await prepare(given);
    const death = dyingAfter(operations);
    const webStorage = { local: death.area(given.local), session: death.area(given.session) };
    const storage = createCredentialStorage({ tiers: [death.tier(given.durable)] });
    const backup = createLegacyBackup({ webStorage, keySource });
    await work({ ...given, storage, backup, webStorage: webStorage as never });
    const later = { ...given, storage: createCredentialStorage({ tiers: [given.durable] }) };
    await check(later, operations);
    if (!death.died()) return operations;
  }
}

describe('a page that dies in the middle', () => {
  it('of a migration has lost nothing, and the next start finishes it', async () => {
    const nothing = async () => {};
    const steps = await dieEverywhere(nothing, migrate, async (given, at) => {
      const reachable = given.local.getItem('worker_credentials') ?? JSON.stringify(await shared(given));
      expect(reachable, `after ${at} operations`).toContain('"clientSecret":"canary"');
      await migrate(given);
      expect(await shared(given)).toMatchObject({ clientId: 'client-1', clientSecret: 'canary', region: 'EU' });
      expect(given.local.dump()).toEqual({ other: 'stays' });
      expect(Object.keys(given.session.dump())).toEqual(['worker-token.legacy-backup']);
      const { restored, problems } = await rollBack(given);
      expect([restored.sort(), problems]).toEqual([['snake', 'worker_credentials'], []]);
      expect(given.local.dump()).toMatchObject({ worker_credentials: CAMEL, snake: SNAKE });
      expect(given.session.getItem('snake_secret')).toBe('canary-2');
      expect(await shared(given)).toBeNull();
    });
    expect(steps).toBeGreaterThan(20);
  });

  it('of a way back has lost nothing, and going back again finishes it', async () => {
    const steps = await dieEverywhere(migrate, rollBack, async (given, at) => {
      const reachable = given.local.getItem('worker_credentials') ?? JSON.stringify(await shared(given));
      expect(reachable, `after ${at} operations`).toContain('"clientSecret":"canary"');
      await rollBack(given);
      expect(given.local.dump()).toMatchObject({ worker_credentials: CAMEL, snake: SNAKE });
      expect(given.session.getItem('snake_secret')).toBe('canary-2');
      expect(await shared(given)).toBeNull();
    });
    expect(steps).toBeGreaterThan(10);
  });
});
