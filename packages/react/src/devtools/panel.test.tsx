import { act, cleanup, fireEvent, render, waitFor, within } from '@testing-library/react';
import { createCredentialStorage, flowKey, indexedDbTier, memoryTier } from '@worker-token/storage';
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { below, CREDENTIALS, testManager } from '../../test/builder.js';
import { Panel } from './panel.js';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function openPanel(given = testManager()) {
  await given.manager.saveCredentials(CREDENTIALS);
  render(<Panel initialIsOpen />, { wrapper: below(given.manager) });
  const host = await waitFor(() => {
    const found = document.querySelector('[data-worker-token-devtools]');
    if (!found?.shadowRoot?.querySelector('section')) throw new Error('not yet');
    return found;
  });
  const panel = host.shadowRoot!.querySelector<HTMLElement>('section')!;
  return { ...given, panel, text: () => host.shadowRoot!.innerHTML, ui: within(panel) };
}

test('tells what happened to the token, newest first', async () => {
  const { manager, panel, ui } = await openPanel();
  await act(() => manager.getWorkerToken());
  await act(() => manager.invalidateToken());
  const lines = [...panel.querySelectorAll('td.wide')].map((cell) => cell.textContent);
  expect(lines).toEqual(['the token was dropped', 'fetched a token', 'asks for a token', 'waits for its turn to ask']);
  expect(ui.getByText('worker-client-1 in NA')).toBeTruthy();
});

test('tells a failure in the words of its message', async () => {
  const { manager, ui } = await openPanel(
    testManager(() => {
      throw new TypeError('fetch failed');
    }),
  );
  await act(() => manager.getWorkerToken().catch(() => {}));
  expect(ui.getAllByText(/fetch failed|could not be reached|network/i).length).toBeGreaterThan(0);
});

test('holds no secret and no token, whatever is shown', async () => {
  const { manager, text, ui } = await openPanel();
  await act(() => manager.getWorkerToken());
  await act(() =>
    manager.storage.saveFlowCredentials(flowKey('implicit'), { clientSecret: CREDENTIALS.clientSecret }).then(() => {}),
  );
  for (const tab of ['Worker token', 'Flows', 'Tabs']) {
    await act(async () => ui.getByRole('tab', { name: tab }).click());
    expect(text()).not.toContain(CREDENTIALS.clientSecret);
    expect(text()).not.toContain('token-1');
  }
});

test('lists flows with tier, revision and size', async () => {
  const { manager, ui } = await openPanel();
  await act(() => manager.storage.saveFlowCredentials(flowKey('listed'), { clientId: 'a' }).then(() => {}));
  await act(async () => ui.getByRole('tab', { name: 'Flows' }).click());
  const row = (await ui.findByRole('rowheader', { name: 'listed' })).closest('tr')!;
  expect([...row.cells].slice(0, 3).map((cell) => cell.textContent)).toEqual(['listed', 'indexeddb', '1']);
});

test('the keyboard moves between the tabs', async () => {
  const { ui } = await openPanel();
  fireEvent.keyDown(ui.getByRole('tablist'), { key: 'ArrowLeft' });
  expect(ui.getByRole('tab', { selected: true }).textContent).toBe('Tabs');
  fireEvent.keyDown(ui.getByRole('tablist'), { key: 'ArrowRight' });
  expect(ui.getByRole('tab', { selected: true }).textContent).toBe('Worker token');
});

test('refresh and drop do what they say; clear asks first', async () => {
  const { manager, requests, ui } = await openPanel();
  await act(async () => ui.getByText('Refresh').click());
  await ui.findByText('Refresh: done.');
  expect(requests()).toBe(1);
  await act(async () => ui.getByText('Drop').click());
  await ui.findByText('Drop: done.');
  expect(manager.peekToken()).toBeNull();
  await act(async () => ui.getByText('Clear').click());
  expect(manager.peekCredentials()).not.toBeNull();
  await act(async () => ui.getByText(/^Really clear/).click());
  await waitFor(() => expect(manager.peekCredentials()).toBeNull());
});

test('a simulated full quota makes saves fail until it is switched off, or the panel is gone', async () => {
  const storage = createCredentialStorage({ tiers: [memoryTier(), indexedDbTier()] });
  const save = async () => (await storage.saveFlowCredentials(flowKey('implicit'), 'x')).failed;
  const failure = [{ tier: 'indexeddb', reason: expect.any(String) as string }];
  const { ui } = await openPanel();
  const press = () => act(async () => ui.getByText('Simulate a full quota').click());
  await press();
  expect(await save()).toEqual(failure);
  await press();
  expect(await save()).toEqual([]);
  await press();
  expect(await save()).toEqual(failure);
  cleanup();
  expect(await save()).toEqual([]);
  storage.dispose();
});

test('shows what other tabs say', async () => {
  const { ui } = await openPanel();
  await act(async () => ui.getByRole('tab', { name: 'Tabs' }).click());
  const other = new BroadcastChannel('worker-token');
  other.postMessage({ v: 1, type: 'saved', key: 'flow_credentials_implicit', rev: 7, src: 'abcdef123' });
  other.postMessage('rubbish');
  expect(await ui.findByText('flow_credentials_implicit')).toBeTruthy();
  expect(ui.getByText('revision 7')).toBeTruthy();
  other.close();
});
