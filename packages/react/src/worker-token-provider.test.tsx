import { act, render, renderHook, screen } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { CREDENTIALS, testManager } from '../test/builder.js';
import { useWorkerTokenManager } from './context.js';
import { useWorkerToken } from './use-worker-token.js';
import { WorkerTokenProvider } from './worker-token-provider.js';

test('shows the fallback until storage was read; below it, peeking is right from the start', async () => {
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  const seen: unknown[] = [];
  function Page() {
    seen.push(useWorkerTokenManager().peekCredentials()?.clientId);
    return <p>page</p>;
  }
  render(
    <WorkerTokenProvider manager={manager} fallback={<p>loading</p>}>
      <Page />
    </WorkerTokenProvider>,
  );
  expect(screen.getByText('loading')).toBeTruthy();
  await screen.findByText('page');
  expect(seen[0]).toBe(CREDENTIALS.clientId);
});

test('two providers with two managers know nothing of each other', async () => {
  const one = testManager();
  const two = testManager();
  await one.manager.saveCredentials(CREDENTIALS);
  function Badge({ name }: { name: string }) {
    return <p>{`${name} ${useWorkerToken().status}`}</p>;
  }
  render(
    <>
      <WorkerTokenProvider manager={one.manager}>
        <Badge name="one" />
      </WorkerTokenProvider>
      <WorkerTokenProvider manager={two.manager}>
        <Badge name="two" />
      </WorkerTokenProvider>
    </>,
  );
  await screen.findByText('one valid');
  await screen.findByText('two not-configured');
  expect([one.requests(), two.requests()]).toEqual([1, 0]);
});

test('without a provider the hooks use the default instance', () => {
  const { result } = renderHook(() => useWorkerTokenManager());
  expect(typeof result.current.getWorkerToken).toBe('function');
});

test('hydrates what the server rendered without a complaint', async () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  function Badge() {
    return <p>{useWorkerToken({ autoFetch: false }).status}</p>;
  }
  const page = (
    <WorkerTokenProvider manager={manager} fallback={<p>loading</p>}>
      <Badge />
    </WorkerTokenProvider>
  );
  const html = renderToString(page);
  expect(html).toBe('<p>loading</p>');
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = html;
  const root = await act(async () => hydrateRoot(container, page));
  expect(container.textContent).toBe('missing');
  expect(complaint).not.toHaveBeenCalled();
  await act(async () => root.unmount());
  complaint.mockRestore();
});

test('the hooks alone render the same on the server, whatever the manager holds', async () => {
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  await manager.getWorkerToken();
  function Badge() {
    return <p>{useWorkerToken().status}</p>;
  }
  expect(renderToString(<Badge />)).toBe('<p>unhydrated</p>');
});
