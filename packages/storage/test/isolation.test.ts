/**
 * The promise of this package, as a property: no read of flow A ever returns what flow B wrote, whatever is saved, cleared, copied,
 * damaged or lost in between, in whichever tab, over whichever tiers.
 */
import fc from 'fast-check';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCoreStorage } from '../src/core-storage.js';
import { createCredentialStorage } from '../src/credential-storage.js';
import {
  ImportRefusedError,
  NothingToCopyError,
  RevisionConflictError,
  StorageUnavailableError,
} from '../src/errors.js';
import { defineFlow } from '../src/flow-definition.js';
import { flowKey } from '../src/flow-key.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import type { CredentialStorage } from '../src/types/storage.js';
import type { StorageTier } from '../src/types/tier.js';
import { EVERY_TIER, installBrowser, removeBrowser, type Place } from './every-tier.js';

const FLOWS = ['a', 'a-b', 'a-b-c', 'b', 'worker-token'].map(flowKey);
/** Without a field that an export would have to leave out. */
const flows = FLOWS.map((key) => defineFlow<Written>({ key }));
/** Per stack of tiers. The full run has ten thousand over the stacks that need no disk and no network, and a tenth on top for the others. */
const RUNS = process.env['TEST_FULL'] ? 1_700 : 80;
const SLOW_RUNS = process.env['TEST_FULL'] ? 500 : 20;

beforeEach(installBrowser);
afterEach(removeBrowser);

/** The places behind the memory of each tab, fastest first. */
const STACKS: Record<string, { places: string[]; runs: number; hasMemory?: false; isCore?: true }> = {
  'memory alone': { places: ['memory'], runs: RUNS, hasMemory: false },
  'the core, in memory': { places: ['memory'], runs: RUNS, hasMemory: false, isCore: true },
  'the core, in IndexedDB': { places: ['indexeddb'], runs: RUNS, hasMemory: false, isCore: true },
  'memory and IndexedDB': { places: ['indexeddb'], runs: RUNS },
  'memory and localStorage': { places: ['local'], runs: RUNS },
  'memory and sessionStorage': { places: ['session'], runs: RUNS },
  'memory, localStorage and IndexedDB': { places: ['local', 'indexeddb'], runs: RUNS },
  'memory and unstorage': { places: ['unstorage'], runs: RUNS },
  'memory and files': { places: ['file'], runs: SLOW_RUNS },
  'memory and HTTP': { places: ['http'], runs: SLOW_RUNS },
};

interface Step {
  do: (typeof ACTIONS)[number];
  tab: number;
  flow: number;
  other: number;
  /** Wait for all before it, or interleave with them. */
  waits: boolean;
}

const ACTIONS = [
  ...([
    'save',
    'save',
    'save',
    'saveAtRevision',
    'clear',
    'clearAtRevision',
    'clearAll',
    'load',
    'load',
    'copy',
  ] as const),
  ...(['transfer', 'swap', 'swap', 'damage', 'lose', 'discard'] as const),
] as const;

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...ACTIONS),
  tab: fc.nat(1),
  flow: fc.nat(FLOWS.length - 1),
  other: fc.nat(FLOWS.length - 1),
  waits: fc.boolean(),
});

interface Written {
  owner: string;
  serial: number;
}

interface World {
  tabs: CredentialStorage[];
  /** The most durable place, bare. */
  bare: StorageTier;
  wrong: number;
  serial: number;
}

describe.each(Object.entries(STACKS))('with %s', (_, { places, runs, hasMemory = true, isCore = false }) => {
  it('no read of one flow returns what another flow wrote', { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const opened = await Promise.all(places.map((name) => EVERY_TIER[name]!()));
        const world = openWorld(opened, hasMemory, isCore);
        try {
          await play(steps, world);
          expect(world.wrong).toBe(0);
        } finally {
          [...world.tabs, world.bare].forEach((each) => each.dispose?.());
          for (const place of opened) await place.close();
        }
      }),
      { seed: 20251125, numRuns: runs },
    );
  });
});

function openWorld(places: Place[], hasMemory: boolean, isCore: boolean): World {
  const tiers = () => [...(hasMemory ? [memoryTier()] : []), ...places.map((place) => place.open())];
  const tabs = [tiers(), tiers()].map((each) =>
    isCore ? createCoreStorage({ tier: each[0]! }) : createCredentialStorage({ tiers: each }),
  );
  return { tabs, bare: places.at(-1)!.open(), wrong: 0, serial: 0 };
}

async function play(steps: Step[], world: World): Promise<void> {
  const running: Promise<void>[] = [];
  for (const one of steps) {
    if (one.waits) await Promise.all(running.splice(0));
    running.push(perform(one, world).catch(ignoreExpected));
  }
  await Promise.all(running);
  for (const tab of world.tabs) for (const flow of FLOWS) await check(tab, flow, world);
}

/** Somebody was faster, also in the middle of an import, or a busy machine took too long over a lock: that is told, and fine. */
function ignoreExpected(error: unknown): void {
  const expected = [RevisionConflictError, ImportRefusedError, StorageUnavailableError];
  if (!expected.some((kind) => error instanceof kind)) throw error;
}

async function perform(one: Step, world: World): Promise<void> {
  const tab = world.tabs[one.tab]!;
  const [flow, other] = [FLOWS[one.flow]!, FLOWS[one.other]!];
  const value = (): Written => ({ owner: flow, serial: world.serial++ });
  const actions: Record<Step['do'], () => Promise<unknown>> = {
    save: () => tab.saveFlowCredentials(flow, value()),
    saveAtRevision: async () => {
      const { revision } = await tab.loadFlowCredentials(flow);
      await tab.saveFlowCredentials(flow, value(), { ifRevision: revision });
    },
    clear: () => tab.clearFlowCredentials(flow),
    clearAtRevision: async () => {
      const { revision } = await tab.loadFlowCredentials(flow);
      await tab.clearFlowCredentials(flow, { ifRevision: revision });
    },
    clearAll: () => tab.clearAll(),
    load: () => check(tab, flow, world),
    // The only way over, and what comes over belongs to the flow it was copied to.
    copy: async () => {
      if ((await tab.loadFlowCredentials(other)).data === null) return;
      await tab.copyFlowCredentials(other, flow, value).catch(ignoreNothingThere);
    },
    transfer: async () => tab.importAll(await world.tabs[1 - one.tab]!.exportAll({ flows }), { flows }),
    swap: () => swap(world.bare, other, flow),
    damage: () => damage(world.bare, flow, one.other),
    lose: () => lose(world.bare, flow),
    discard: () => tab.damaged.discard(flow),
  };
  await actions[one.do]();
}

function ignoreNothingThere(error: unknown): void {
  if (!(error instanceof NothingToCopyError)) throw error;
}

const physical = (flow: string) => `flow_credentials_${flow}`;

/** Somebody copies the bytes of one record into another slot. */
async function swap(tier: StorageTier, from: string, to: string): Promise<void> {
  if (from === to) return;
  const [source, target] = [await tier.get(physical(from)), await tier.get(physical(to))];
  if (!source?.text) return;
  const revision = Math.max(source.revision, target?.revision ?? 0);
  await tier.compareAndSet(physical(to), target?.revision ?? null, { revision, text: source.text });
}

/** Cuts a record off, or changes one of its characters. */
async function damage(tier: StorageTier, flow: string, where: number): Promise<void> {
  const record = await tier.get(physical(flow));
  if (!record?.text) return;
  const at = Math.floor((record.text.length * (where + 1)) / (FLOWS.length + 1));
  const text = where % 2 ? record.text.slice(0, at) : `${record.text.slice(0, at)}~${record.text.slice(at + 1)}`;
  await tier.compareAndSet(physical(flow), record.revision, { revision: record.revision, text });
}

/** As if it had never been there, but for its revision: what a browser that evicts leaves is tried in degradation.test.ts. */
async function lose(tier: StorageTier, flow: string): Promise<void> {
  const record = await tier.get(physical(flow));
  if (record) await tier.compareAndSet(physical(flow), record.revision, { revision: record.revision + 1, text: null });
}

async function check(tab: CredentialStorage, flow: (typeof FLOWS)[number], world: World): Promise<void> {
  const { data } = await tab.loadFlowCredentials<Written>(flow);
  if (data && data.owner !== flow) world.wrong++;
  const snapshot = tab.getSnapshot<Written>(flow).data;
  if (snapshot && snapshot.owner !== flow) world.wrong++;
}
