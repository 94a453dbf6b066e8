/**
 * A world in which nothing happens by itself: every answer of storage, every message, lock and timer is a step, and a seeded
 * generator decides which one comes next. Time stands still while there are steps, and then goes to the next timer.
 */
const realSetImmediate = setImmediate;

/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Timer {
  at: number;
  callback: () => void;
  unref: () => Timer;
}

export interface Scheduler {
  random: () => number;
  clock: { now: () => number };
  /** Some integer from 0 to `below` - 1. */
  pick(below: number): number;
  /** Resolves when the generator chooses so. */
  step(): Promise<void>;
  /** Something that may happen from now on. */
  add(work: () => void): void;
  setTimeout: (callback: () => void, ms?: number) => Timer;
  clearTimeout: (timer?: Timer) => void;
  advance(ms: number): void;
  /** Everything runs that only waits for promises. */
  settle(): Promise<void>;
  /** One step, or the next timer. @returns false when nothing is left to happen. */
  next(): Promise<boolean>;
}

export function createScheduler(seed: number): Scheduler {
  const random = randomFrom(seed);
  const pick = (below: number) => Math.floor(random() * below);
  const ready: (() => void)[] = [];
  const timers = new Set<Timer>();
  let now = 1_700_000_000_000;

  const settle = () => new Promise<void>((resolve) => void realSetImmediate(resolve));

  function fireNextTimer(): boolean {
    const [first] = [...timers].sort((a, b) => a.at - b.at);
    if (!first) return false;
    timers.delete(first);
    now = Math.max(now, first.at);
    first.callback();
    return true;
  }

  return {
    random,
    pick,
    clock: { now: () => now },
    step: () => new Promise((resolve) => ready.push(resolve)),
    add: (work) => void ready.push(work),
    setTimeout(callback, ms = 0) {
      const timer: Timer = { at: now + ms, callback, unref: () => timer };
      timers.add(timer);
      return timer;
    },
    clearTimeout(timer) {
      if (timer) timers.delete(timer);
    },
    advance(ms) {
      now += ms;
    },
    settle,
    async next() {
      const work = ready.length > 0 ? ready.splice(pick(ready.length), 1)[0] : undefined;
      const happened = work ? (work(), true) : fireNextTimer();
      await settle();
      return happened;
    },
  };
}
