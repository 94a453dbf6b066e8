/**
 * A lock between processes: a file that only one can create. The lock of a process that died is taken away from it; the holder asks
 * `isMine` before it does what cannot be undone. Knows nothing of what is locked.
 */
import { promises as fs } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { StorageUnavailableError } from '../errors.js';
import { randomId } from '../random-id.js';
import { parseSafeJson } from '../safe-json.js';
import { codeOf } from './private-files.js';

/** Nobody holds it for longer than a file is written: an older lock is that of a process that was stopped or died elsewhere. */
const STALE_MS = 10_000;
/** A lock without an owner is between being created and being written, or its process died there. */
const UNOWNED_STALE_MS = 1_000;
const PAUSE_MS = 4;

interface Owner {
  pid: number;
  host: string;
  token: string;
}

export interface ProcessLockOptions {
  /** Give up after this time, in milliseconds. */
  timeoutMs: number;
}

/**
 * Runs `work` while no other process, and nobody else in this one, holds the lock at `path`.
 *
 * @throws StorageUnavailableError if it could not be had in time.
 */
export async function withProcessLock<T>(
  path: string,
  { timeoutMs }: ProcessLockOptions,
  work: (isMine: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const mine: Owner = { pid: process.pid, host: hostname(), token: randomId() };
  const deadline = performance.now() + timeoutMs;
  while (!(await tryCreate(path, mine))) {
    if (await isStale(path)) await breakLock(path);
    else if (performance.now() > deadline) {
      throw new StorageUnavailableError(`Another process holds "${path}" for longer than ${timeoutMs} ms.`);
    } else await wait(PAUSE_MS * (0.5 + Math.random()));
  }
  const isMine = async () => (await readOwner(path))?.token === mine.token;
  try {
    return await work(isMine);
  } finally {
    if (await isMine()) await fs.rm(path, { force: true });
  }
}

async function tryCreate(path: string, owner: Owner): Promise<boolean> {
  try {
    await fs.writeFile(path, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  const [owner, age] = [await readOwner(path), await ageMs(path)];
  if (age === null) return false;
  if (!owner) return age > UNOWNED_STALE_MS;
  return age > STALE_MS || (owner.host === hostname() && !isAlive(owner.pid));
}

/** One of those who wait takes it away; that it is stale is looked at again by the one who may. */
async function breakLock(path: string): Promise<void> {
  const breaker = `${path}.break`;
  if (!(await tryCreate(breaker, { pid: process.pid, host: hostname(), token: randomId() }))) {
    if (await isStale(breaker)) await fs.rm(breaker, { force: true });
    return;
  }
  try {
    if (await isStale(path)) await fs.rm(path, { force: true });
  } finally {
    await fs.rm(breaker, { force: true });
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    const { pid, host, token } = parseSafeJson(await fs.readFile(path, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' && typeof host === 'string' && typeof token === 'string'
      ? { pid, host, token }
      : null;
  } catch {
    // Gone, or not written to its end yet.
    return null;
  }
}

/** Null: it is gone. */
async function ageMs(path: string): Promise<number | null> {
  try {
    return Date.now() - (await fs.lstat(path)).mtimeMs;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
