/**
 * Records in Redis, sealed: a storage tier for what the processes of a fleet keep together. The worker credentials are the exception: they
 * stay in this process, since their secret has no business in Redis.
 */
import { randomUUID } from 'node:crypto';
import { memoryTier, type RecordProblem, type StorageTier, type TierRecord } from '@worker-token/storage';
import { createFleet } from './fleet.js';
import type { FleetSecrets } from './fleet-secrets.js';
import type { RedisOptions } from './options.js';
import { outcomeOf, pairsOf } from './replies.js';
import { COMPARE_AND_SET, READ_RECORD, READ_RECORDS } from './scripts.js';
import { recordKeysOf } from './slot-keys.js';
import { revisionOf } from './token-payload.js';

export type RedisTierOptions = RedisOptions;

/** Holds the client secret. */
const WORKER_CREDENTIALS = 'flow_credentials_worker-token-credentials';

const UNDECRYPTABLE: RecordProblem = {
  kind: 'undecryptable',
  message: 'The record in Redis was sealed with another key, or changed.',
};

/**
 * @throws InvalidFleetOptionsError for an option that cannot be.
 * @throws EncryptionUnavailableError where there is no key.
 */
export function redisTier(options: RedisTierOptions): StorageTier {
  const fleet = createFleet(options);
  const { records, channel } = recordKeysOf(fleet.settings.prefix);
  const here = memoryTier();
  const self = randomUUID();

  async function entries(prefix: string): Promise<[string, TierRecord][]> {
    const known = await fleet.secrets();
    const pairs = pairsOf(await fleet.evaluate(READ_RECORDS, [records]));
    const shared = pairs.map(([key, text]): [string, TierRecord] => [key, decode(known, key, text)]);
    const own = (await here.entries?.(prefix)) ?? [];
    return [...own, ...shared].filter(([key, { text }]) => key.startsWith(prefix) && text !== null);
  }

  return {
    name: 'redis',
    source: 'server',
    durable: true,
    atomic: true,
    encryptsItself: true,
    async get(key) {
      if (key === WORKER_CREDENTIALS) return here.get(key);
      const known = await fleet.secrets();
      const text = await fleet.evaluate(READ_RECORD, [records], [key]);
      return typeof text === 'string' ? decode(known, key, text) : null;
    },
    async compareAndSet(key, expectedRevision, record) {
      if (key === WORKER_CREDENTIALS) return here.compareAndSet(key, expectedRevision, record);
      const expected = expectedRevision === null ? '' : String(expectedRevision);
      const args = [key, expected, encode(await fleet.secrets(), key, record), channel, `${self} ${key}`];
      const { what, revision } = outcomeOf(await fleet.evaluate(COMPARE_AND_SET, [records], args));
      return what === 'done' ? { ok: true } : { ok: false, revision };
    },
    keys: async (prefix) => (await entries(prefix)).map(([key]) => key),
    entries,
    subscribe(listener) {
      return fleet.redis.subscribe(channel, (message) => {
        if (message !== null) return message.startsWith(self) ? undefined : listener(message.slice(self.length + 1));
        // Something may have been missed.
        void entries('').then(
          (all) => all.forEach(([key]) => listener(key)),
          () => {},
        );
      });
    },
  };
}

/** The revision in plain, for the script; then the sealed envelope, or nothing for a removal. */
function encode(secrets: FleetSecrets, key: string, { revision, text }: TierRecord): string {
  return `${revision}.${text === null ? '' : secrets.seal(text, placeOf(key, revision))}`;
}

function decode(secrets: FleetSecrets, key: string, stored: string): TierRecord {
  const revision = revisionOf(stored) ?? 0;
  const sealed = stored.slice(stored.indexOf('.') + 1);
  if (sealed === '') return { revision, text: null };
  const text = secrets.open(sealed, placeOf(key, revision));
  return text === null
    ? { revision, text: '', problem: { ...UNDECRYPTABLE, bytes: stored.length } }
    : { revision, text };
}

function placeOf(key: string, revision: number): string {
  return JSON.stringify(['record', key, revision]);
}
