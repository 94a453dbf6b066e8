// What is different on React 18; the rest of the suite runs on it as it is.
import { render } from '@testing-library/react';
import { version } from 'react';
import { expect, test, vi } from 'vitest';
import { testManager } from './builder.js';
import { useSuspenseWorkerToken } from '../src/use-suspense-worker-token.js';
import { WorkerTokenContext } from '../src/context.js';

function Token() {
  return <p>{useSuspenseWorkerToken().token}</p>;
}

test('this is React 18.3', () => {
  expect(version).toMatch(/^18\.3\./);
});

test('the Suspense hook says that it needs React 19, and what to use instead', () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { manager, requests } = testManager();
  const page = (
    <WorkerTokenContext.Provider value={{ manager, storage: undefined }}>
      <Token />
    </WorkerTokenContext.Provider>
  );
  expect(() => render(page)).toThrow(/needs React 19, this is 18\.3\.1\. Use useWorkerToken\(\) instead/);
  expect(requests()).toBe(0);
  complaint.mockRestore();
});
