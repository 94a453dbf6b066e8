/** One thread of several that judge: it keeps its units, and answers each proposal with their verdicts. */
import { parentPort, workerData } from 'node:worker_threads';
import { ownThread, type JudgesParts } from './verify/judges.js';
import { compilerFor } from './verify/compiler.js';
import type { Proposal } from './verify/judge.js';

const parts = workerData as JudgesParts;
const judges = compilerFor(parts.compilerFolder).then((compiler) => ownThread(parts, compiler));

parentPort?.on('message', (proposal: Proposal) => {
  void judges.then((own) => own.judge(proposal)).then((verdicts) => parentPort?.postMessage(verdicts));
});
