/** Several tabs of one browser: nobody's save is lost, and everybody hears of it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SLOW_MS, startStorageSite, type StorageSite } from '../../src/storage-site.js';
import '../../src/storage-page.js';

vi.setConfig({ testTimeout: SLOW_MS, hookTimeout: SLOW_MS });

let site: StorageSite;
beforeAll(async () => {
  site = await startStorageSite();
});
afterAll(() => site.close());

const close = (tabs: Page[]) => tabs[0]!.context().close();

describe('six tabs', () => {
  it('that save different flows at once lose nothing', async () => {
    const tabs = await site.tabs(6);
    const saveFlows = async ({ tab, at }: { tab: number; at: number }) => {
      const { flowKey } = globalThis.storagePackage;
      const storage = await globalThis.openStorage({ encryption: 'required' });
      await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
      const numbers = Array.from({ length: 30 }, (_, n) => n);
      await Promise.all(numbers.map((n) => storage.saveFlowCredentials(flowKey(`tab-${tab}-flow-${n}`), { tab, n })));
    };
    const at = Date.now() + 300;
    await Promise.all(tabs.map((page, tab) => page.evaluate(saveFlows, { tab, at })));
    const found = await tabs[0]!.evaluate(async () => {
      const storage = await globalThis.openStorage({ encryption: 'required' });
      const flows = await storage.listFlows();
      const values = await Promise.all(
        flows.map(async ({ flow }) => [flow, (await storage.loadFlowCredentials(flow)).data]),
      );
      return Object.fromEntries(values) as Record<string, unknown>;
    });
    expect(Object.keys(found)).toHaveLength(180);
    for (const [flow, value] of Object.entries(found)) {
      const { tab, n } = value as { tab: number; n: number };
      expect(flow).toBe(`tab-${tab}-flow-${n}`);
    }
    await close(tabs);
  });

  it('that count up one flow at once, on condition of its revision, miss no step', async () => {
    const tabs = await site.tabs(6);
    const countUp = async () => {
      const { flowKey, RevisionConflictError } = globalThis.storagePackage;
      const storage = await globalThis.openStorage();
      const flow = flowKey('counter');
      for (let done = 0; done < 15;) {
        const { data, revision } = await storage.loadFlowCredentials<number>(flow);
        try {
          await storage.saveFlowCredentials(flow, (data ?? 0) + 1, { ifRevision: revision });
          done++;
        } catch (error) {
          if (!(error instanceof RevisionConflictError)) throw error;
        }
      }
    };
    await Promise.all(tabs.map((page) => page.evaluate(countUp)));
    const [fresh] = await site.tabs(1, tabs[0]!.context());
    const total = await fresh!.evaluate(async () => {
      const { flowKey } = globalThis.storagePackage;
      return (await (await globalThis.openStorage()).loadFlowCredentials(flowKey('counter'))).data;
    });
    expect(total).toBe(90);
    await close(tabs);
  });
});

describe('five tabs', () => {
  it('that need the key at the same moment make one', async () => {
    const tabs = await site.tabs(5);
    const at = Date.now() + 300;
    const saveOne = async ({ tab, start }: { tab: number; start: number }) => {
      const { flowKey } = globalThis.storagePackage;
      const storage = await globalThis.openStorage({ encryption: 'required' });
      await new Promise((resolve) => setTimeout(resolve, start - Date.now()));
      await storage.saveFlowCredentials(flowKey(`flow-${tab}`), tab);
    };
    await Promise.all(tabs.map((page, tab) => page.evaluate(saveOne, { tab, start: at })));
    const { ciphers, values } = await tabs[0]!.evaluate(async () => {
      const { flowKey, indexedDbTier } = globalThis.storagePackage;
      const storage = await globalThis.openStorage({ encryption: 'required' });
      const entries = (await indexedDbTier().entries?.('flow_credentials_')) ?? [];
      const loads = [0, 1, 2, 3, 4].map(async (n) => (await storage.loadFlowCredentials(flowKey(`flow-${n}`))).data);
      return {
        ciphers: entries.map(([, { text }]) => (JSON.parse(text ?? '{}') as { alg?: string }).alg),
        values: await Promise.all(loads),
      };
    });
    expect(ciphers).toHaveLength(5);
    expect(new Set(ciphers).size).toBe(1);
    expect(ciphers[0]).toMatch(/^A256GCM:/);
    expect(values).toEqual([0, 1, 2, 3, 4]);
    await close(tabs);
  });
});

describe('a save', () => {
  it('is seen in another tab within half a second, in its snapshot, too', async () => {
    const tabs = await site.tabs(2);
    const [writer, watcher] = tabs as [Page, Page];
    await watcher.evaluate(async () => {
      const { flowKey } = globalThis.storagePackage;
      const storage = await globalThis.openStorage();
      const flow = flowKey('watched');
      const seen: [value: unknown, at: number][] = [];
      storage.subscribe(flow, () => seen.push([storage.getSnapshot(flow).data, Date.now()]));
      Object.assign(globalThis, { seen });
    });
    const saved = await writer.evaluate(async () => {
      const { flowKey } = globalThis.storagePackage;
      const storage = await globalThis.openStorage();
      const times: number[] = [];
      for (let n = 0; n < 20; n++) {
        times.push(Date.now());
        await storage.saveFlowCredentials(flowKey('watched'), n);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      return times;
    });
    await watcher.waitForFunction(
      () => (globalThis as unknown as { seen: [number, number][] }).seen.at(-1)?.[0] === 19,
    );
    const seen = await watcher.evaluate(() => (globalThis as unknown as { seen: [number, number][] }).seen);
    // Saves in quick succession may be seen as one.
    const delays = saved.map((time, n) => (seen.find(([value]) => value >= n)?.[1] ?? Infinity) - time);
    expect(delays).not.toContain(Infinity);
    // One of them may meet a machine that is busy with something else; bench/storage.mjs prints the slowest.
    expect(delays.sort((a, b) => a - b)[delays.length / 2]).toBeLessThanOrEqual(500);
    await close(tabs);
  });
});
