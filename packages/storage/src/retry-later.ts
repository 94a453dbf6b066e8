/** Tries something again in the background, later each time, until nothing is left to do. Knows nothing of what it tries. */

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

export interface RetryLater {
  /** There is something to do. Any number of calls make one try at a time. */
  arm(): void;
  dispose(): void;
}

/** `work` resolves with whether it is through. In Node the wait does not keep the process alive. */
export function createRetryLater(work: () => Promise<boolean>): RetryLater {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = FIRST_DELAY_MS;
  let disposed = false;

  function arm(): void {
    if (timer !== undefined || disposed) return;
    timer = setTimeout(() => void run(), delay);
    (timer as { unref?: () => void }).unref?.();
  }

  async function run(): Promise<void> {
    const isThrough = await work().catch(() => false);
    timer = undefined;
    delay = isThrough ? FIRST_DELAY_MS : Math.min(2 * delay, LONGEST_DELAY_MS);
    if (!isThrough) arm();
  }

  return {
    arm,
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
