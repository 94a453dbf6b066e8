/** Tells subscribers that something changed, by events and by the clock. Listeners run on their own, never inside our work. */
import type { Clock } from '@worker-token/storage';
import type { Held } from './held.js';
import { nextChangeAt, type Progress, sameSnapshot, snapshotOf } from './snapshot.js';
import type { WorkerTokenSnapshot } from './types/status.js';
import { createWakeUp } from './wake-up.js';

export interface State {
  getSnapshot: () => WorkerTokenSnapshot;
  /** Returns its own undo. */
  subscribe(listener: () => void): () => void;
  /** Credentials or token were changed. */
  changed(): void;
  report(progress: Partial<Progress>): void;
  readonly hydrated: boolean;
  dispose(): void;
}

/** @param held Looked up late: what is held reports its changes here. */
export function createState(held: () => Held, clock: Clock): State {
  const listeners = new Set<() => void>();
  const progress: Progress = { hydrated: false, fetchStatus: 'idle', error: null, errorAt: 0 };
  const wakeUp = createWakeUp(clock, () => nextChangeAt(held().token, clock.now()), notify);
  let revision = 0;
  let snapshot: WorkerTokenSnapshot | undefined;
  let announced: WorkerTokenSnapshot | undefined;
  let queued = false;

  function getSnapshot(): WorkerTokenSnapshot {
    const next = snapshotOf(held(), progress, clock.now(), revision);
    if (!snapshot || !sameSnapshot(snapshot, next)) snapshot = next;
    return snapshot;
  }

  function notify(): void {
    if (queued || listeners.size === 0) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      wakeUp.arm();
      if (getSnapshot() === announced) return;
      announced = getSnapshot();
      for (const listener of [...listeners]) callSafely(listener);
    });
  }

  return {
    getSnapshot,
    subscribe(listener) {
      // A wrapper of its own, so that the same function may subscribe twice and leave once.
      const entry = () => listener();
      if (listeners.size === 0) announced = getSnapshot();
      listeners.add(entry);
      if (listeners.size === 1) wakeUp.start();
      return () => {
        if (listeners.delete(entry) && listeners.size === 0) wakeUp.stop();
      };
    },
    changed() {
      revision++;
      notify();
    },
    report(news) {
      Object.assign(progress, news);
      notify();
    },
    get hydrated() {
      return progress.hydrated;
    },
    dispose() {
      wakeUp.stop();
      listeners.clear();
    },
  };
}

/** A listener that throws is its owner's bug: reported where errors go, in nobody's way. */
function callSafely(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
