/**
 * The judges of all units, on this thread or on several. Each unit stays with its thread: what a compiler has read once is used again
 * in the next round.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { compilerFor, type Compiler } from './compiler.js';
import { judgeOf, type Proposal, type Verdict } from './judge.js';
import type { Unit } from './units.js';

/** What every thread needs to know; plain values. */
export interface JudgesParts {
  units: Unit[];
  /** Every changed or created file, absolute. */
  changed: string[];
  /** Folder that files in findings are relative to. */
  root: string;
  /** Folder whose compiler is used. */
  compilerFolder: string;
}

export interface Judges {
  judge(proposal: Proposal): Promise<Verdict[]>;
  close(): Promise<void>;
}

/** Beside the bundled modules. Not in a checkout's sources, and not beside an engine that is one file: then there is one thread. */
const THREAD = fileURLToPath(new URL('./verify-thread.js', import.meta.url));

export async function judgesFor(parts: JudgesParts, concurrency: number, compiler?: Compiler): Promise<Judges> {
  const threads = Math.min(concurrency, parts.units.length);
  if (threads <= 1 || !fs.existsSync(THREAD))
    return ownThread(parts, compiler ?? (await compilerFor(parts.compilerFolder)));
  return severalThreads(parts, threads);
}

export function ownThread({ units, changed, root }: JudgesParts, compiler: Compiler): Judges {
  const relative = (file: string) => path.relative(root, file).split(path.sep).join('/');
  const judges = units.flatMap((unit) => judgeOf({ compiler, unit, changed, relative }) ?? []);
  return {
    judge: async (proposal) => judges.map((judge) => judge(proposal)),
    close: async () => {},
  };
}

function severalThreads(parts: JudgesParts, count: number): Judges {
  const shares = Array.from({ length: count }, (_, i) => parts.units.filter((__, at) => at % count === i));
  const threads = shares.map((units) => new Worker(THREAD, { workerData: { ...parts, units } satisfies JudgesParts }));
  return {
    judge: async (proposal) => (await Promise.all(threads.map((thread) => answer(thread, proposal)))).flat(),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function answer(thread: Worker, proposal: Proposal): Promise<Verdict[]> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    thread.once('error', failed);
    thread.once('message', (verdicts: Verdict[]) => {
      thread.off('error', failed);
      resolve(verdicts);
    });
    thread.postMessage(proposal);
  });
}
