/** Joins tiers, codec, records and channel to the storage that applications use. It decides nothing itself. */
import { defaultChannel, openChangeChannel } from './change-channel.js';
import { databaseName, defaultTiers } from './default-tiers.js';
import { InvalidFlowKeyError } from './errors.js';
import { flowAccess, SHARED_SLOTS } from './flow-access.js';
import { isSlotName, slotOfPhysicalKey } from './flow-key.js';
import { listSlots, summarize } from './flow-list.js';
import { onDemand } from './on-demand.js';
import { randomId } from './random-id.js';
import { assertEncryptionPossible, createRecordCodec } from './record-codec.js';
import { createRecordRegistry } from './record-registry.js';
import { SILENT, SYSTEM_CLOCK } from './surroundings.js';
import { createTierHealth } from './tier-health.js';
import type { CredentialStorage, CredentialStorageOptions, StorageStatus } from './types/storage.js';

import type { StorageTier } from './types/tier.js';

/**
 * Makes a storage. Nothing is opened before the first call but the channel between tabs.
 *
 * @throws EncryptionUnavailableError if encryption is required and a durable tier has no key, or there is none.
 * @throws InvalidFlowKeyError if `appId` does not match the grammar of a flow key.
 */
export function createCredentialStorage(options: CredentialStorageOptions = {}): CredentialStorage {
  const { appId, encryption = 'preferred', logger = SILENT, clock = SYSTEM_CLOCK } = options;
  if (appId !== undefined && !isSlotName(appId)) {
    throw new InvalidFlowKeyError('Expected appId to be 1 to 64 lower-case letters, digits and hyphens.');
  }
  const name = databaseName(appId);
  const tiers = options.tiers ?? defaultTiers(name);
  assertEncryptionPossible(tiers, encryption);

  const health = createTierHealth(reportStatus);
  const codec = createRecordCodec({
    encryption,
    appId: appId ?? '',
    onSealed: (tier, sealed) =>
      health.note(tier, 'encryption', sealed ? '' : 'no encryption key can be kept here: records are plain'),
  });
  const isShared = tiers.some((tier) => tier.source !== 'memory');
  const channelLike = options.channel === undefined ? (isShared ? defaultChannel(name) : null) : options.channel;
  const channel = channelLike && openChangeChannel(channelLike, randomId(), ({ key }) => refresh(key), warnUntold);
  // The default channel ends at this browser or process; files and servers are changed by others, too.
  const isHeard = (tier: StorageTier) =>
    !tier.durable ||
    'subscribe' in tier ||
    (channel !== null && (Boolean(options.channel) || tier.source === 'browser'));
  let isListening = tiers.every(isHeard);

  const records = createRecordRegistry({
    tiers,
    health,
    codec,
    clock,
    logger,
    hearsOfChanges: () => isListening,
    announce: (type, key, rev) => channel?.post({ type, key, rev }),
  });
  const undoTiers = tiers.flatMap((tier) => tier.subscribe?.(refresh) ?? []);

  function warnUntold(key: string): void {
    logger.warn(`Other tabs could not be told of a change of "${key}"; they learn of it at their next reading.`);
  }

  function refresh(key: string): void {
    const slot = slotOfPhysicalKey(key);
    if (slot !== null)
      records
        .existing(slot)
        ?.refresh()
        .catch(() => logger.warn(`"${key}" could not be read again.`));
  }

  function status(): StorageStatus {
    const best = [...tiers].reverse().find((tier) => !health.isFailing(tier)) ?? tiers[0];
    const degraded = health.problems();
    return {
      tier: best?.name ?? 'none',
      durable: best?.durable ?? false,
      encrypted: best !== undefined && codec.encrypts(best),
      ...(degraded.length > 0 ? { degraded } : {}),
    };
  }

  function reportStatus(): void {
    const now = status();
    for (const { tier, reason } of now.degraded ?? []) logger.warn(`Storage tier "${tier}": ${reason}`);
    options.onStatusChange?.(now);
  }

  const storedSlots = () => listSlots(tiers, health, records.isPending);

  return {
    ...flowAccess((slot) => records.get(slot)),
    async listFlows() {
      const slots = await storedSlots();
      return [...slots].flatMap(([slot, { tier, record }]) => summarize(slot, tier, record, clock.now()) ?? []);
    },
    async clearAll() {
      const stored = await storedSlots();
      const slots = new Set([...stored.keys(), ...records.slots(), ...SHARED_SLOTS]);
      await Promise.all([...slots].map((slot) => records.get(slot).clear()));
    },
    ...onDemand({
      slots: async () => [...(await storedSlots()).keys()],
      record: (slot) => records.get(slot),
      now: () => clock.now(),
    }),
    status,
    dispose() {
      isListening = false;
      channel?.close();
      for (const undo of undoTiers) undo();
      records.dispose();
      for (const tier of tiers) tier.dispose?.();
    },
  };
}
