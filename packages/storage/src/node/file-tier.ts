/**
 * Records as files, one per flow, for Node: `~/.worker-token/credentials/<flow key>.json`. How a file is read and replaced is
 * private-files.ts, how processes keep out of each other's way process-lock.ts.
 */
import { promises as fs } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InvalidFlowKeyError, StorageUnavailableError } from '../errors.js';
import { physicalKey, slotOfPhysicalKey } from '../flow-key.js';
import { rawKeySource, type KeyCallback } from '../raw-key-source.js';
import { createSerialQueue } from '../serial-queue.js';
import { fromStoredText, toStoredText } from '../tiers/stored-text.js';
import type { CompareAndSetResult, StorageTier, TierRecord } from '../types/tier.js';
import { keyFromEnvironment } from './environment-key.js';
import {
  codeOf,
  directoryExposure,
  makePrivateDirectory,
  readPrivateFile,
  replacePrivateFile,
} from './private-files.js';
import { withProcessLock } from './process-lock.js';

const EXTENSION = '.json';

export interface FileTierOptions {
  /** Made for this user alone (mode 0700) at the first save. Default `~/.worker-token/credentials`. */
  directory?: string;
  /** Gives the 32 bytes to encrypt with. Default: those in `WORKER_TOKEN_STORAGE_KEY`; not set: no encryption. */
  key?: KeyCallback | undefined;
  /** How long a save waits for another process that writes the same record, in milliseconds. Default 5 000. */
  lockTimeoutMs?: number;
}

/**
 * Compare-and-set runs under a lock between processes; a file is replaced atomically and is on the disk when a save resolves. A file
 * or directory that other users may open, or that is a symbolic link, is not believed: loads give the problem `permissions`.
 *
 * @throws EncryptionUnavailableError if `WORKER_TOKEN_STORAGE_KEY` is set to what is no key.
 */
export function fileTier(options: FileTierOptions = {}): StorageTier {
  const directory = options.directory ?? join(homedir(), '.worker-token', 'credentials');
  const { lockTimeoutMs = 5_000, key = keyFromEnvironment() } = options;
  const enqueue = createSerialQueue();

  async function read(physical: string): Promise<TierRecord | null> {
    const path = pathOf(directory, physical);
    const file = await readPrivateFile(path);
    if (!file) return null;
    const exposed = file.kind === 'exposed' ? `The file "${path}" ${file.reason}.` : await directoryProblem(directory);
    return exposed === null ? fromStoredText(file.text) : exposedRecord(file.text, exposed);
  }

  async function write(physical: string, expected: number | null, record: TierRecord): Promise<CompareAndSetResult> {
    const path = pathOf(directory, physical);
    await makePrivateDirectory(directory);
    const problem = await directoryProblem(directory);
    if (problem !== null) throw new StorageUnavailableError(problem);
    return withProcessLock(`${path}.lock`, { timeoutMs: lockTimeoutMs }, async (isMine) => {
      const current = (await read(physical))?.revision ?? null;
      if (current !== expected) return { ok: false, revision: current };
      await replacePrivateFile(path, toStoredText(physical, record), isMine);
      return { ok: true };
    });
  }

  async function entries(prefix: string): Promise<[string, TierRecord][]> {
    const found: [string, TierRecord][] = [];
    for (const name of await namesIn(directory)) {
      const physical = physicalKey(name.slice(0, -EXTENSION.length));
      if (!name.endsWith(EXTENSION) || slotOfPhysicalKey(physical) === null || !physical.startsWith(prefix)) continue;
      const record = await read(physical);
      if (record && record.text !== null) found.push([physical, record]);
    }
    return found;
  }

  return {
    name: 'file',
    source: 'file',
    durable: true,
    atomic: true,
    ...(key ? { keySource: rawKeySource(key) } : {}),
    get: read,
    compareAndSet: (physical, expected, record) => enqueue(() => write(physical, expected, record)),
    keys: async (prefix) => (await entries(prefix)).map(([physical]) => physical),
    entries,
  };
}

/** The grammar of a slot leaves no way out of the directory. */
function pathOf(directory: string, physical: string): string {
  const slot = slotOfPhysicalKey(physical);
  if (slot === null) throw new InvalidFlowKeyError('Expected the physical key of a flow.');
  return join(directory, slot + EXTENSION);
}

async function directoryProblem(directory: string): Promise<string | null> {
  const reason = await directoryExposure(directory);
  return reason && `The directory "${directory}" ${reason}.`;
}

/** Its revision counts, so that a save can replace it; its text does not. */
function exposedRecord(text: string, message: string): TierRecord {
  const { revision } = fromStoredText(text);
  return { revision, text: '', problem: { kind: 'permissions', message, bytes: text.length } };
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await fs.readdir(directory)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
