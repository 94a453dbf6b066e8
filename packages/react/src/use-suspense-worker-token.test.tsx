import { WorkerTokenError, type WorkerTokenManager } from '@worker-token/manager';
import { act, cleanup, render, screen } from '@testing-library/react';
import { Component, StrictMode, Suspense, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi, type MockInstance } from 'vitest';
import { CREDENTIALS, testManager } from '../test/builder.js';
import { useSuspenseWorkerToken } from './use-suspense-worker-token.js';
import { WorkerTokenProvider } from './worker-token-provider.js';

/** Shows what it caught, and a way to try again. */
class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };
  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <button onClick={() => this.setState({ error: null })}>{`again: ${error.message}`}</button>;
  }
}

function Token() {
  const { status, token } = useSuspenseWorkerToken();
  return <p>{`${status} ${token}`}</p>;
}

const page = (manager: WorkerTokenManager) => (
  <StrictMode>
    <WorkerTokenProvider manager={manager}>
      <Boundary>
        <Suspense fallback={<p>waiting</p>}>
          <Token />
          <Token />
        </Suspense>
      </Boundary>
    </WorkerTokenProvider>
  </StrictMode>
);

let complaint: MockInstance;
beforeEach(() => (complaint = vi.spyOn(console, 'error').mockImplementation(() => {})));
afterEach(() => (cleanup(), complaint.mockRestore()));

test('shows the fallback until there is a token: one request for all components, under StrictMode, too', async () => {
  let answer = (): void => {};
  const { manager, requests } = testManager(() => new Promise((resolve) => (answer = () => resolve({}))));
  await manager.saveCredentials(CREDENTIALS);
  await act(async () => render(page(manager)));
  await screen.findByText('waiting');
  await vi.waitFor(() => expect(requests()).toBe(1));
  await act(async () => answer());
  expect(await screen.findAllByText('valid token-1')).toHaveLength(2);
  expect(requests()).toBe(1);
  expect(complaint).not.toHaveBeenCalled();
});

test('a failure goes to the error boundary, and resetting that asks anew', async () => {
  const { manager, requests } = testManager((count) => {
    if (count === 1) throw new WorkerTokenError('malformed-response', 'The answer was not understood.');
    return {};
  });
  await manager.saveCredentials(CREDENTIALS);
  await act(async () => render(page(manager)));
  const again = await screen.findByText(/^again: The answer was not understood/);
  expect(requests()).toBe(1);
  // The manager remembers a refusal for a while; saving credentials is what a person would do about it.
  await manager.saveCredentials({ ...CREDENTIALS, clientSecret: 'another-one' });
  await act(async () => again.click());
  expect(await screen.findAllByText('valid token-2')).toHaveLength(2);
});

test('resetting the boundary too early shows the remembered failure, without another request', async () => {
  const { manager, requests } = testManager(() => {
    throw new WorkerTokenError('invalid-client', 'Refused.', { status: 401 });
  });
  await manager.saveCredentials(CREDENTIALS);
  await act(async () => render(page(manager)));
  for (let round = 0; round < 3; round++) {
    const again = await screen.findByText(/^again: Refused/);
    await act(async () => again.click());
  }
  await screen.findByText(/^again: Refused/);
  expect(requests()).toBe(1);
});

test('an invalidated token suspends until there is another', async () => {
  const { manager, requests } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  await act(async () => render(page(manager)));
  await screen.findAllByText('valid token-1');
  await act(() => manager.invalidateToken());
  expect(await screen.findAllByText('valid token-2')).toHaveLength(2);
  expect(requests()).toBe(2);
});

test('a page that the server left at its fallback goes on in the browser without a complaint', async () => {
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  await manager.getWorkerToken();
  const alone = (
    <WorkerTokenProvider manager={manager}>
      <Suspense fallback={<p>waiting</p>}>
        <Token />
      </Suspense>
    </WorkerTokenProvider>
  );
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = renderToString(alone);
  const root = await act(async () => hydrateRoot(container, alone));
  expect(container.textContent).toBe('valid token-1');
  expect(complaint).not.toHaveBeenCalled();
  await act(async () => root.unmount());
});
