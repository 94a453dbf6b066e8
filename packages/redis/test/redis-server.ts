/** A real Redis (or Valkey) for tests: on a free port of the loopback, with a folder of its own, ended by its process id. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

export interface TestRedis {
  readonly port: number;
  readonly url: string;
  /** Stands still: connections stay open, nothing is answered. */
  pause(): void;
  resume(): void;
  /** Ends; the port stays reserved for `start()`. */
  stop(): Promise<void>;
  /** Comes back empty, on the same port. */
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** Undefined where there is none; an error where there must be one. */
export const redisServer = find();

function find(): string | undefined {
  const named = process.env['REDIS_SERVER'];
  if (named) return named;
  try {
    return execFileSync('sh', ['-c', 'command -v redis-server || command -v valkey-server'], {
      encoding: 'utf8',
    }).trim();
  } catch {
    const what = 'redis-server or valkey-server is needed: install it, or name it in REDIS_SERVER.';
    if (process.env['CI']) throw new Error(what);
    console.warn(`${what} The tests that need it do not run.`);
    return undefined;
  }
}

export async function startRedis(...options: string[]): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'worker-token-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const settings = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ];
    child = spawn(redisServer ?? '', [...settings, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    // Should nobody come to `dispose()`.
    process.once('exit', end);
    let said = '';
    for await (const part of child.stdout ?? []) {
      said += String(part);
      if (said.includes('eady to accept connections')) return child.stdout?.resume() as never;
    }
    throw new Error(`It did not start: ${said}`);
  }

  const end = () => void child?.kill('SIGKILL');

  async function stop(): Promise<void> {
    process.off('exit', end);
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await gone;
    child = undefined;
  }

  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    stop,
    start,
    async dispose() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
