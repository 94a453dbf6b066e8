import { afterEach, expect, test, vi } from 'vitest';
import { loadAhead } from './load-ahead.js';

afterEach(() => vi.unstubAllGlobals());

test('in a page the code is there before it is needed, so that a network that goes meanwhile spoils nothing', async () => {
  vi.stubGlobal('document', { baseURI: 'https://app.test/' });
  const load = vi.fn(async () => 'code');
  const get = loadAhead(load);
  expect(load).toHaveBeenCalledTimes(1);
  expect(await get()).toBe('code');
});

test('elsewhere it is loaded when it is needed', async () => {
  const load = vi.fn(async () => 'code');
  const get = loadAhead(load);
  expect(load).not.toHaveBeenCalled();
  expect(await get()).toBe('code');
});

test('who needs it is told that it could not be loaded, and nobody else', async () => {
  vi.stubGlobal('document', { baseURI: 'https://app.test/' });
  const get = loadAhead(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(get()).rejects.toThrow('Failed to fetch');
});
