// @vitest-environment happy-dom
/** States that became hooks show what they showed before: the fixture's components, run on both sides with the same story. */
import fs from 'node:fs';
import path from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { act, createElement, type ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { findAll } from '../src/ast/node.js';
import { parseText } from '../src/ast/parse.js';

const FIXTURE = path.join(import.meta.dirname, '..', 'fixtures', 'state-hooks');
const WORKER = {
  environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
  clientId: 'client-1',
  clientSecret: 'secret-1',
};
const OTHER = { ...WORKER, clientId: 'client-2' };

/** What happens to the stored records, in the way of each side. */
interface Store {
  save(credentials: typeof WORKER): Promise<void>;
  /** A token of seven characters. */
  getToken(): Promise<void>;
  dropToken(): Promise<void>;
  clear(): Promise<void>;
}

interface Manager {
  ready(): Promise<void>;
  saveCredentials(credentials: typeof WORKER): Promise<void>;
  getWorkerToken(): Promise<string>;
  invalidateToken(): Promise<void>;
  clearAll(): Promise<void>;
}

const SIDES: Record<'before' | 'after', () => Promise<Store>> = {
  async before() {
    return {
      save: (credentials) => written('worker_credentials', JSON.stringify(credentials)),
      getToken: () => written('worker_token', 'token-1'),
      dropToken: () => written('worker_token', null),
      async clear() {
        await written('worker_token', null);
        await written('worker_credentials', null);
      },
    };
  },
  async after() {
    const { workerTokenManager } = (await import('../fixtures/state-hooks/after/src/worker-token.js')) as {
      workerTokenManager: Manager;
    };
    await workerTokenManager.ready();
    return {
      save: (credentials) => workerTokenManager.saveCredentials(credentials),
      async getToken() {
        await workerTokenManager.getWorkerToken();
      },
      dropToken: () => workerTokenManager.invalidateToken(),
      clear: () => workerTokenManager.clearAll(),
    };
  },
};

/** Another tab wrote it; the timers of this one go round. */
async function written(key: string, value: string | null): Promise<void> {
  if (value === null) localStorage.removeItem(key);
  else localStorage.setItem(key, value);
  window.dispatchEvent(new StorageEvent('storage', { key, newValue: value }));
  vi.advanceTimersByTime(5_000);
}

async function shown(Component: ComponentType<{ title: string }>): Promise<() => string> {
  const place = document.createElement('div');
  const root = createRoot(place);
  onTestFinished(() => act(() => root.unmount()));
  await act(async () => root.render(createElement(Component, { title: 'Card' })));
  return () => place.textContent ?? '';
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', async () =>
    Response.json({ access_token: 'token-1', token_type: 'Bearer', expires_in: 3600 }),
  );
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  localStorage.clear();
  return () => {
    vi.useRealTimers();
  };
});

const load = async (side: string, file: string, name: string) => {
  const module = (await import(path.join(FIXTURE, side, 'src', file))) as Record<string, unknown>;
  return module[name] as never;
};

describe.each(['before', 'after'] as const)('%s', (side) => {
  it('a badge follows the token', async () => {
    const store = await SIDES[side]();
    const text = await shown(await load(side, 'TokenBadge.tsx', 'TokenBadge'));
    expect(text()).toBe('no PingOne token');
    await act(() => store.save(WORKER));
    await act(() => store.getToken());
    expect(text()).toBe('7 characters');
    await act(() => store.dropToken());
    expect(text()).toBe('no PingOne token');
  });

  it('a card shows what was saved before it came, and what is saved after', async () => {
    localStorage.setItem('worker_credentials', JSON.stringify(WORKER));
    const store = await SIDES[side]();
    const text = await shown(await load(side, 'EnvironmentCard.tsx', 'EnvironmentCard'));
    expect(text()).toBe(`${WORKER.environmentId}/client-1 `);
    expect(document.title).toBe('Card');
    await act(() => store.save(OTHER));
    expect(text()).toBe(`${WORKER.environmentId}/client-2 `);
    await act(() => store.clear());
    expect(text()).toBe('/ ');
  });

  it('hooks of the application give the same', async () => {
    const store = await SIDES[side]();
    const useHasToken: () => boolean = await load(side, 'useHasToken.ts', 'useHasToken');
    const useClientId: () => string | null = await load(side, 'useClientId.js', 'useClientId');
    const text = await shown(() => createElement('p', null, `${useHasToken()} ${useClientId()}`));
    expect(text()).toBe('false null');
    await act(() => store.save(WORKER));
    await act(() => store.getToken());
    expect(text()).toBe('true client-1');
    await act(() => store.clear());
    expect(text()).toBe('false null');
  });
});

it('leaves no timer and no listener behind in what became a hook', () => {
  for (const file of ['TokenBadge.tsx', 'useHasToken.ts', 'useClientId.js']) {
    const text = fs.readFileSync(path.join(FIXTURE, 'after', 'src', file), 'utf8');
    const names = findAll(parseText(file, text).program, (node) => node.type === 'Identifier').map((id) => id['name']);
    expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(useEffect|useState|setInterval)$/)]));
  }
});
