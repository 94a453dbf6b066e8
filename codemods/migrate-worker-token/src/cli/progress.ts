/** Says on a terminal what is going on; in a pipe and in CI it is silent. */
import type { Stage } from '../migrate.js';
import type { Surroundings } from './surroundings.js';

const TEXT: Record<Stage, string> = {
  scan: 'Looking for worker token code …',
  plan: 'Deciding what becomes of each place …',
  verify: 'Checking the result before it is written …',
  write: 'Writing …',
};

const CLEAR = '\r\u001b[K';

export interface Progress {
  show: (stage: Stage) => void;
  /** Leaves the line empty. */
  clear: () => void;
}

export function progressOn({ stderr, env }: Pick<Surroundings, 'stderr' | 'env'>): Progress {
  if (stderr.isTTY !== true || env.CI || env.TERM === 'dumb') return { show: () => {}, clear: () => {} };
  return { show: (stage) => stderr.write(CLEAR + TEXT[stage]), clear: () => stderr.write(CLEAR) };
}
