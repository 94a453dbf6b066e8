/**
 * The promise of this package, as a property: no read of flow A ever returns what flow B wrote, whatever is saved, cleared, copied,
 * damaged or lost in between, in whichever tab, over whichever tiers.
 */
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { RevisionConflictError } from '../src/errors.js';
import { flowKey } from '../src/flow-key.js';
import { indexedDbTier } from '../src/tiers/indexed-db-tier.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { webStorageTier } from '../src/tiers/web-storage-tier.js';
import type { CredentialStorage } from '../src/types/storage.js';
import type { StorageTier } from '../src/types/tier.js';
import { fakeWebStorage } from './fake-web-storage.js';

const FLOWS = ['a', 'a-b', 'a-b-c', 'b', 'worker-token'].map(flowKey);
const { process } = globalThis as unknown as { process: { env: Record<string, string | undefined> } };
/** Per stack of tiers; the full run has 10 000 in all. */
const RUNS = process.env['TEST_FULL'] ? 2500 : 150;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  Object.assign(globalThis, { localStorage: fakeWebStorage() });
});
afterEach(() => {
  for (const name of ['indexedDB', 'localStorage']) Reflect.deleteProperty(globalThis, name);
});

const STACKS: Record<string, (run: number) => () => StorageTier[]> = {
  'memory alone': () => {
    const shared = memoryTier();
    return () => [shared];
  },
  'memory and IndexedDB': (run) => () => [memoryTier(), indexedDbTier({ name: `run-${run}` })],
  'memory and localStorage': (run) => () => [
    memoryTier(),
    webStorageTier('local', { prefix: `${run}:`, keyDatabase: `run-${run}` }),
  ],
  'memory, localStorage and IndexedDB': (run) => () => [
    memoryTier(),
    webStorageTier('local', { prefix: `${run}:`, keyDatabase: `run-${run}` }),
    indexedDbTier({ name: `run-${run}` }),
  ],
};

interface Step {
  do: 'save' | 'saveAtRevision' | 'clear' | 'clearAll' | 'load' | 'swap';
  tab: number;
  flow: number;
  other: number;
  /** Wait for all before it, or interleave with them. */
  waits: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('save', 'save', 'save', 'saveAtRevision', 'clear', 'load', 'load', 'swap', 'swap', 'clearAll'),
  tab: fc.nat(1),
  flow: fc.nat(FLOWS.length - 1),
  other: fc.nat(FLOWS.length - 1),
  waits: fc.boolean(),
});

interface Written {
  owner: string;
  serial: number;
}

describe.each(Object.entries(STACKS))('with %s', (_, stackOf) => {
  it('no read of one flow returns what another flow wrote', { timeout: 600_000 }, async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const makeTiers = stackOf(run++);
        const bare = makeTiers();
        const tabs = [makeTiers(), makeTiers()].map((tiers) => createCredentialStorage({ tiers }));
        const read = { wrong: 0, serial: 0 };
        const running: Promise<void>[] = [];
        for (const one of steps) {
          if (one.waits) await Promise.all(running.splice(0));
          running.push(perform(one, tabs, bare, read));
        }
        await Promise.all(running);
        for (const tab of tabs) for (const flow of FLOWS) await check(tab, flow, read);
        expect(read.wrong).toBe(0);
        [...tabs, ...bare].forEach((each) => each.dispose?.());
      }),
      { seed: 20251125, numRuns: RUNS },
    );
  });
});

async function perform(
  one: Step,
  tabs: CredentialStorage[],
  bare: StorageTier[],
  read: { wrong: number; serial: number },
) {
  const tab = tabs[one.tab]!;
  const flow = FLOWS[one.flow]!;
  const value: Written = { owner: flow, serial: read.serial++ };
  if (one.do === 'save') await tab.saveFlowCredentials(flow, value);
  if (one.do === 'clear') await tab.clearFlowCredentials(flow);
  if (one.do === 'clearAll') await tab.clearAll();
  if (one.do === 'load') await check(tab, flow, read);
  if (one.do === 'swap') await swap(bare.at(-1)!, flow, FLOWS[one.other]!);
  if (one.do === 'saveAtRevision') {
    const { revision } = await tab.loadFlowCredentials(flow);
    await tab.saveFlowCredentials(flow, value, { ifRevision: revision }).catch((error: unknown) => {
      expect(error).toBeInstanceOf(RevisionConflictError);
    });
  }
}

/** Somebody copies the bytes of one record into another slot. */
async function swap(tier: StorageTier, from: string, to: string): Promise<void> {
  if (from === to) return;
  const [source, target] = [await tier.get(`flow_credentials_${from}`), await tier.get(`flow_credentials_${to}`)];
  if (!source?.text) return;
  const revision = Math.max(source.revision, target?.revision ?? 0);
  await tier.compareAndSet(`flow_credentials_${to}`, target?.revision ?? null, { revision, text: source.text });
}

async function check(tab: CredentialStorage, flow: (typeof FLOWS)[number], read: { wrong: number }): Promise<void> {
  const { data } = await tab.loadFlowCredentials<Written>(flow);
  if (data && data.owner !== flow) read.wrong++;
  const snapshot = tab.getSnapshot<Written>(flow).data;
  if (snapshot && snapshot.owner !== flow) read.wrong++;
}
