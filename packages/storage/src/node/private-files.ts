/**
 * Reads and replaces files that only this user may see. Follows no symbolic link in the last part of a path, believes no file
 * that others may open, and replaces atomically: after a crash a file is the old or the new one. Knows nothing of records.
 */
import { constants, promises as fs, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { StorageUnavailableError } from '../errors.js';

const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;
const OTHERS = 0o077;
const HAS_MODES = process.platform !== 'win32';

/** Windows has no such flag, and needs rights to make a link. */
const NO_FOLLOW = HAS_MODES ? constants.O_NOFOLLOW : 0;
/** So that opening a planted pipe does not wait for its other end. */
const NO_WAIT = HAS_MODES ? constants.O_NONBLOCK : 0;

export type PrivateFile =
  | { kind: 'text'; text: string }
  /** It is there, and must not be believed; `reason` completes "The file …". The text of a link is not read. */
  | { kind: 'exposed'; reason: string; text: string };

/** Null: not there. Rejects with the error of the file system for everything but that, or a link. */
export async function readPrivateFile(path: string): Promise<PrivateFile | null> {
  let file: fs.FileHandle;
  try {
    file = await fs.open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    if (codeOf(error) === 'ELOOP') return { kind: 'exposed', reason: 'is a symbolic link', text: '' };
    throw error;
  }
  try {
    const stats = await file.stat();
    if (!stats.isFile()) return { kind: 'exposed', reason: 'is no file', text: '' };
    const [reason, text] = [exposure(stats, '600'), await file.readFile('utf8')];
    return reason === null ? { kind: 'text', text } : { kind: 'exposed', reason, text };
  } finally {
    await file.close();
  }
}

/**
 * Writes beside the file and renames. The caller holds the lock of `path`: what a crashed process left beside it is removed.
 *
 * @param isStillMine asked right before the rename; false: nothing is replaced.
 * @throws StorageUnavailableError where something other than a file is in the way.
 */
export async function replacePrivateFile(
  path: string,
  text: string,
  isStillMine: () => Promise<boolean>,
): Promise<void> {
  await assertReplaceable(path);
  const draft = `${path}.tmp`;
  await fs.rm(draft, { force: true });
  const file = await fs.open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW, FILE_MODE);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
  if (!(await isStillMine())) throw new StorageUnavailableError('The lock was lost before the file was replaced.');
  await fs.rename(draft, path);
  await syncDirectory(dirname(path));
}

/** Makes the directory, and those above it, for this user alone. */
export async function makePrivateDirectory(path: string): Promise<void> {
  await fs.mkdir(path, { recursive: true, mode: DIRECTORY_MODE });
}

/** What is wrong with a directory, completing "The directory …"; null: nothing, or it is not there. */
export async function directoryExposure(path: string): Promise<string | null> {
  try {
    const stats = await fs.lstat(path);
    if (stats.isSymbolicLink()) return 'is a symbolic link';
    return stats.isDirectory() ? exposure(stats, '700') : 'is no directory';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The `code` of a Node error, for example `ENOENT`. */
export function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null | undefined)?.code;
}

function exposure({ mode, uid }: Stats, wanted: string): string | null {
  if (!HAS_MODES) return null;
  if (uid !== process.getuid?.()) return 'belongs to another user';
  const found = (mode & 0o777).toString(8).padStart(3, '0');
  return (mode & OTHERS) === 0 ? null : `is open to other users (mode ${found}); set it to ${wanted} with chmod`;
}

async function assertReplaceable(path: string): Promise<void> {
  try {
    if ((await fs.lstat(path)).isFile()) return;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  throw new StorageUnavailableError(`"${path}" is a link or no file. Remove it: it is not followed and not replaced.`);
}

/** So that the rename itself survives a power cut. */
async function syncDirectory(path: string): Promise<void> {
  if (!HAS_MODES) return;
  const directory = await fs.open(path, constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
