// Runs in the browser: the same work with each library, in the way its own documentation shows for data that lasts.
import { LocalStorage } from '@azure/msal-browser';
import { createCredentialStorage, flowKey } from '@worker-token/storage';
import * as idbKeyval from 'idb-keyval';
import localforage from 'localforage';
import { createStorage } from 'unstorage';
import indexedDbDriver from 'unstorage/drivers/indexedb';

const SAMPLE = { clientId: 'c'.repeat(36), clientSecret: 's'.repeat(64), redirectUri: 'https://app.example/callback' };
const name = (n) => `flow-${n}`;

const SUBJECTS = {
  '@worker-token/storage': (encryption) => {
    const storage = createCredentialStorage({ encryption: encryption ?? 'required' });
    return {
      save: (n) => storage.saveFlowCredentials(flowKey(name(n)), SAMPLE),
      load: async (n) => (await storage.loadFlowCredentials(flowKey(name(n)))).data,
      list: async () => (await storage.listFlows()).length,
    };
  },
  'idb-keyval': () => ({
    save: (n) => idbKeyval.set(name(n), SAMPLE),
    load: (n) => idbKeyval.get(name(n)),
    list: async () => (await idbKeyval.keys()).length,
  }),
  unstorage: () => {
    const storage = createStorage({ driver: indexedDbDriver({ dbName: 'unstorage', storeName: 'items' }) });
    return {
      save: (n) => storage.setItem(name(n), SAMPLE),
      load: (n) => storage.getItem(name(n)),
      list: async () => (await storage.getKeys()).length,
    };
  },
  localForage: () => {
    const storage = localforage.createInstance({ name: 'forage' });
    return {
      save: (n) => storage.setItem(name(n), SAMPLE),
      load: (n) => storage.getItem(name(n)),
      list: async () => (await storage.keys()).length,
    };
  },
  '@azure/msal-browser': async () => {
    const silent = Object.fromEntries(
      ['error', 'warning', 'info', 'verbose', 'trace', 'errorPii'].map((level) => [level, () => {}]),
    );
    const unmeasured = new Proxy({}, { get: () => () => ({ end() {}, add() {}, increment() {}, discard() {} }) });
    const storage = new LocalStorage('client', { ...silent, clone: () => silent }, unmeasured);
    await storage.initialize('bench');
    return {
      save: (n) => storage.setUserData(name(n), JSON.stringify(SAMPLE), 'bench', String(Date.now()), false),
      load: async (n) => JSON.parse(storage.getUserData(name(n))),
      list: async () => storage.getKeys().length,
    };
  },
};

/** Median and fastest, in milliseconds. */
async function time(runs, work) {
  const times = [];
  for (let n = 0; n < runs; n++) {
    const start = performance.now();
    await work(n);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(runs / 2)], fastest: times[0] };
}

/** In a profile of its own. `flows` is how many are there when they are listed. */
globalThis.measure = async (subject, flows) => {
  const { save, load, list } = await SUBJECTS[subject]();
  await save(0);
  const saved = await time(200, save);
  const warm = await time(500, (n) => load(n % 200));
  for (let n = 200; n < flows; n += 100) await Promise.all(Array.from({ length: 100 }, (_, i) => save(n + i)));
  const listed = await time(15, list);
  const again = await SUBJECTS[subject]();
  const cold = await time(100, (n) => again.load(n));
  return { saved, warm, cold, listed, count: await list(), same: (await load(7)).clientId === SAMPLE.clientId };
};

/** One storage hears of another tab's saves: notes what it shows when. */
globalThis.watch = async () => {
  const storage = createCredentialStorage();
  const flow = flowKey('watched');
  await storage.loadFlowCredentials(flow);
  globalThis.seen = [];
  storage.subscribe(flow, () => globalThis.seen.push([storage.getSnapshot(flow).data, Date.now()]));
};

/** Saves 0, 1, 2 … and says when each was asked for. */
globalThis.saveSeries = async (count) => {
  const storage = createCredentialStorage();
  await storage.saveFlowCredentials(flowKey('another'), 'opens the database');
  const times = [];
  for (let n = 0; n < count; n++) {
    times.push(Date.now());
    await storage.saveFlowCredentials(flowKey('watched'), n);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
};
