/**
 * Writes planned files: all or none, each by atomic replace, so that an interrupted run leaves every file whole. What to write is
 * decided elsewhere.
 */
import fs from 'node:fs';
import path from 'node:path';
import { ChangedMeanwhileError, NotUtf8Error, NotWrittenError } from '../errors.js';
import type { FileChange } from '../types.js';

interface Staged {
  change: FileChange;
  /** Where the file really is: a symbolic link stays one. */
  target: string;
  temporary: string;
}

/**
 * @throws ChangedMeanwhileError if a file is no longer what was read. Nothing is written.
 * @throws NotUtf8Error if a file has bytes that are no UTF-8. Nothing is written.
 * @throws NotWrittenError if the system refuses a write. What was replaced is put back.
 */
export function writeChanges(changes: readonly FileChange[]): void {
  const originals = new Map(changes.map((change) => [change.path, assertAsRead(change)]));
  const release = holdSignals();
  const staged: Staged[] = [];
  const replaced: Staged[] = [];
  try {
    for (const change of changes) stage(change, staged);
    for (const file of staged) {
      fs.renameSync(file.temporary, file.target);
      replaced.push(file);
    }
  } catch (cause) {
    for (const { change, target } of replaced) putBack(target, originals.get(change.path) ?? null);
    for (const { temporary } of staged) fs.rmSync(temporary, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NotWrittenError(`A file could not be written, and the others were put back: ${reason}`, { cause });
  } finally {
    release();
  }
}

/** The bytes on disk; null for a file that is not there. */
function assertAsRead({ path: file, before }: FileChange): Buffer | null {
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : null;
  if (bytes?.toString('utf8') !== (before ?? undefined)) {
    throw new ChangedMeanwhileError(
      `${file} was changed while it was being migrated. Nothing was written; run it again.`,
    );
  }
  if (bytes && before !== null && !bytes.equals(Buffer.from(before, 'utf8'))) {
    throw new NotUtf8Error(`${file} is not UTF-8 and would be damaged. Nothing was written; convert it first.`);
  }
  return bytes;
}

function stage(change: FileChange, staged: Staged[]): void {
  const target = change.before === null ? change.path : fs.realpathSync(change.path);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  staged.push({ change, target, temporary });
  fs.writeFileSync(temporary, change.after, 'utf8');
  if (change.before !== null) fs.chmodSync(temporary, fs.statSync(target).mode);
}

function putBack(target: string, original: Buffer | null): void {
  if (original === null) fs.rmSync(target, { force: true });
  else fs.writeFileSync(target, original);
}

/** Ctrl-C waits for the few milliseconds of the replacing: no half of a migration. */
function holdSignals(): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const held: NodeJS.Signals[] = [];
  const hold = (signal: NodeJS.Signals) => void held.push(signal);
  for (const signal of signals) process.on(signal, hold);
  return () => {
    for (const signal of signals) process.off(signal, hold);
    const [first] = held;
    if (first) process.kill(process.pid, first);
  };
}
