/** Waiting that can be ended: for a time, or for somebody else's promise. Leaves no timer and no listener behind. */
import { onAbort } from './abort-listeners.js';
import { WorkerTokenError } from './errors.js';

/** @throws the signal's reason, when it ends the wait. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let id: ReturnType<typeof setTimeout> | undefined;
  const timer = new Promise<void>((resolve) => {
    id = setTimeout(resolve, ms);
  });
  return untilAborted(timer, signal).finally(() => clearTimeout(id));
}

/** Settles as `promise` does, or rejects as soon as the signal aborts; the promise itself goes on. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  promise.catch(() => {});
  if (signal.aborted) throw signal.reason as Error;
  let stopListening = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stopListening = onAbort(signal, () => reject(signal.reason as Error));
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stopListening();
  }
}

/** For a caller's own signal: ends that caller's wait with an `aborted` error and touches nothing else. */
export async function forCaller<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await untilAborted(promise, signal);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) {
      throw new WorkerTokenError('aborted', 'The caller stopped waiting for the token.');
    }
    throw error;
  }
}

/** Resolves with `fallback` when the promise has not settled in time. A rejection passes through. */
export async function within<T, F>(ms: number, promise: Promise<T>, fallback: F): Promise<T | F> {
  let id: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<F>((resolve) => {
    id = setTimeout(() => resolve(fallback), ms);
  });
  promise.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(id);
  }
}
