/** The parent's side: child processes that run `fleet-member.ts`, bundled once. Ends what it has started, by process id. */
import { build } from 'esbuild';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command, Look, MemberOptions, Outcome, Reply, Stage } from './fleet-protocol.js';

type Order = Command extends infer One ? (One extends Command ? Omit<One, 'number' | 'id'> : never) : never;

/** A manager in a child process. */
export interface Member {
  get(count?: number): Promise<Outcome>;
  refresh(): Promise<Outcome>;
  invalidate(token?: string): Promise<void>;
  save(credentials: MemberOptions['credentials']): Promise<void>;
  look(): Promise<Look>;
  moveClock(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface Worker {
  readonly isAlive: boolean;
  open(options: MemberOptions): Promise<Member>;
  /** Resolves when the process has come to this point, where it was told to stand still. */
  reached(stage: Stage): Promise<void>;
  /** From where it stands still. */
  goOn(): Promise<void>;
  /** SIGSTOP, SIGCONT, SIGKILL. */
  kill(signal: NodeJS.Signals): void;
  end(): Promise<void>;
}

export interface Processes {
  /** So many that live; those of earlier tests are used again. */
  take(count: number): Worker[];
  dispose(): Promise<void>;
}

export async function prepareProcesses(): Promise<Processes> {
  const folder = mkdtempSync(join(tmpdir(), 'worker-token-fleet-'));
  const script = join(folder, 'fleet-member.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('fleet-member.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@worker-token/source'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const workers: Worker[] = [];
  return {
    take(count) {
      const alive = workers.filter((worker) => worker.isAlive);
      while (alive.length < count) {
        const worker = startWorker(script);
        alive.push(worker);
        workers.push(worker);
      }
      return alive.slice(0, count);
    },
    async dispose() {
      await Promise.all(workers.map((worker) => worker.end()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startWorker(script: string): Worker {
  const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const stages = new Set<Stage>();
  let onStage = (): void => {};
  let number = 0;
  let members = 0;

  child.on('message', (message: Reply | { stage: Stage }) => {
    if ('stage' in message) {
      stages.add(message.stage);
      return onStage();
    }
    const { resolve, reject } = waiting.get(message.reply)!;
    waiting.delete(message.reply);
    if (message.error === undefined) resolve(message.value);
    else reject(new Error(message.error));
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The process has ended.'));
  });

  const order = (id: string, what: Order): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const gone = () => reject(new Error('The process has ended.'));
      if (!child.connected) return gone();
      waiting.set(++number, { resolve, reject });
      // one that was killed a moment ago may still look connected
      child.send({ ...what, id, number }, (error) => error && gone());
    });

  return {
    get isAlive() {
      return child.connected && child.exitCode === null;
    },
    async open(options) {
      const id = `member-${++members}`;
      await order(id, { do: 'open', options });
      return {
        get: (count = 1) => order(id, { do: 'get', count }) as Promise<Outcome>,
        refresh: () => order(id, { do: 'refresh' }) as Promise<Outcome>,
        invalidate: (token) => order(id, { do: 'invalidate', ...(token ? { token } : {}) }) as Promise<void>,
        save: (credentials) => order(id, { do: 'save', credentials }) as Promise<void>,
        look: () => order(id, { do: 'look' }) as Promise<Look>,
        moveClock: (ms) => order(id, { do: 'move-clock', ms }) as Promise<void>,
        close: () => order(id, { do: 'close' }) as Promise<void>,
      };
    },
    reached: (stage) =>
      new Promise((resolve) => {
        onStage = () => stages.delete(stage) && resolve();
        onStage();
      }),
    goOn: () => order('', { do: 'go-on' }) as Promise<void>,
    kill: (signal) => void child.kill(signal),
    end: () => ended(child),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill('SIGKILL');
  await gone;
}
