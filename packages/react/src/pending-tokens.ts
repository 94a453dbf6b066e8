/** The promises that suspended components wait for: one per manager, the same until it settles, and made anew after a failure was shown. */
import type { WorkerTokenManager } from '@worker-token/manager';

interface Pending {
  readonly promise: Promise<string>;
  /** Set once the promise is rejected. */
  failure?: { readonly error: unknown };
}

const pending = new WeakMap<WorkerTokenManager, Pending>();

/**
 * What to wait for. The manager shares one request among all callers and remembers refusals for a while, so that nothing is hammered.
 *
 * @throws what the last request failed with, once per attempt: an error boundary that is reset asks anew.
 */
export function pendingToken(manager: WorkerTokenManager): Promise<string> {
  const known = pending.get(manager);
  if (known?.failure) {
    forgetLater(manager, known);
    throw known.failure.error;
  }
  return (known ?? ask(manager)).promise;
}

function ask(manager: WorkerTokenManager): Pending {
  const asked: Pending = { promise: manager.getWorkerToken() };
  asked.promise.then(
    () => forget(manager, asked),
    (error: unknown) => (asked.failure = { error }),
  );
  pending.set(manager, asked);
  return asked;
}

/** React renders a component that throws a second time before it believes it: the failure stays until that is over. */
function forgetLater(manager: WorkerTokenManager, failed: Pending): void {
  setTimeout(() => forget(manager, failed), 0);
}

function forget(manager: WorkerTokenManager, settled: Pending): void {
  if (pending.get(manager) === settled) pending.delete(manager);
}
