/** The system's time. Looked up on each call, so that tests may replace the globals. */
import type { ManagerClock } from './types/options.js';

export const systemClock: ManagerClock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
};
