/** Says what is going on: a bar on a terminal, a plain line per stage in CI, nothing in a pipe. */
import type { Stage } from '../migrate.js';
import type { Surroundings } from './surroundings.js';

/** What a stage is called, and how much of the work lies before it, in percent. */
const STAGES: Readonly<Record<Stage, { text: string; from: number }>> = {
  scan: { text: 'Looking for worker token code', from: 0 },
  plan: { text: 'Deciding what becomes of each place', from: 10 },
  verify: { text: 'Checking the result before it is written', from: 40 },
  write: { text: 'Writing', from: 95 },
};

const CLEAR = '\r\u001b[K';
const WIDTH = 24;

export interface Progress {
  show: (stage: Stage) => void;
  /** Leaves the line empty. */
  clear: () => void;
}

export function progressOn({ stderr, env }: Pick<Surroundings, 'stderr' | 'env'>): Progress {
  if (env.CI) return plainLines(stderr);
  if (stderr.isTTY !== true || env.TERM === 'dumb') return { show: () => {}, clear: () => {} };
  let percent = 0;
  return {
    show: (stage) => {
      // planning may begin again; the bar does not go back
      percent = Math.max(percent, STAGES[stage].from);
      stderr.write(CLEAR + fitted(`${barOf(percent)}  ${STAGES[stage].text} …`, stderr.columns || 80));
    },
    clear: () => stderr.write(CLEAR),
  };
}

function plainLines(stderr: Surroundings['stderr']): Progress {
  const said = new Set<Stage>();
  const show = (stage: Stage) => {
    if (!said.has(stage)) stderr.write(`${STAGES[stage].text} …\n`);
    said.add(stage);
  };
  return { show, clear: () => {} };
}

function barOf(percent: number): string {
  const full = Math.round((percent / 100) * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(percent).padStart(3)} %`;
}

/** A line that wraps could not be cleared. */
function fitted(text: string, columns: number): string {
  return text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 2))}…`;
}
