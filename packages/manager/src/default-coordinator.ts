/** Web Locks where there are any; else one process, and `getStatus().exclusive` says so. */
import { globals } from './globals.js';
import { inProcessCoordinator } from './in-process-coordinator.js';
import type { Coordinator } from './types/coordination.js';
import { webLocksCoordinator } from './web-locks-coordinator.js';

export function defaultCoordinator(random: () => number): Coordinator {
  const locks = globals.navigator?.locks;
  return typeof locks?.request === 'function' ? webLocksCoordinator(locks, random) : inProcessCoordinator();
}
