/**
 * Writes planned files: all or none, each by atomic replace, so that an interrupted run leaves every file whole, with a journal that
 * takes it back. What to write is decided elsewhere.
 */
import fs from 'node:fs';
import path from 'node:path';
import { ChangedMeanwhileError, NotUtf8Error, NotWrittenError } from '../errors.js';
import type { FileChange } from '../types.js';
import { TOOL } from '../version.js';
import { holdSignals } from './hold-signals.js';
import { hashOf, readJournal, stateOf, writeJournal, type Journal, type JournalPlace } from './journal.js';
import { journalPlace } from './journal-place.js';
import { temporaryFor, writeTemporary } from './replace-file.js';
import { clearAway } from './undo.js';

interface Staged {
  change: FileChange;
  /** Where the file really is: a symbolic link stays one. */
  target: string;
  temporary: string;
  /** The bytes on disk; null for a file that is not there. */
  original: Buffer | null;
}

/**
 * @param root The folder of the run: says where the journal lies.
 * @throws ChangedMeanwhileError if a file is no longer what was read. Nothing is written.
 * @throws NotUtf8Error if a file has bytes that are no UTF-8. Nothing is written.
 * @throws NotWrittenError if the system refuses a write. What was replaced is put back.
 */
export function writeChanges(changes: readonly FileChange[], root: string): void {
  if (changes.length === 0) return;
  const staged = changes.map(staging);
  const place = journalPlace(root);
  const journal = continued(journalOf(staged, place), place);
  const replaced: Staged[] = [];
  let previous: string | null = null;
  const release = holdSignals();
  try {
    previous = writeJournal(place, journal);
    for (const file of staged) stage(file);
    for (const file of staged) {
      fs.renameSync(file.temporary, file.target);
      replaced.push(file);
    }
    writeJournal(place, { ...journal, complete: true });
  } catch (cause) {
    for (const { target, original } of replaced) putBack(target, original);
    clearAway(journal, place.base);
    putBack(place.file, previous);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NotWrittenError(`A file could not be written, and the others were put back: ${reason}`, { cause });
  } finally {
    release();
  }
}

function staging(change: FileChange): Staged {
  const original = assertAsRead(change);
  const target = change.before === null ? change.path : fs.realpathSync(change.path);
  return { change, target, temporary: temporaryFor(target), original };
}

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

function journalOf(staged: readonly Staged[], { base }: JournalPlace): Journal {
  const relative = (file: string) => path.relative(base, file).split(path.sep).join('/');
  return {
    version: 1,
    tool: TOOL,
    complete: false,
    files: staged.map(({ change, target, temporary }) => ({
      path: relative(target),
      before: change.before,
      after: hashOf(change.after),
      temporary: relative(temporary),
    })),
    folders: [...new Set(staged.flatMap(({ target }) => missingFolders(path.dirname(target))))].map(relative),
  };
}

/** Outer ones first. */
function missingFolders(folder: string): string[] {
  return fs.existsSync(folder) ? [] : [...missingFolders(path.dirname(folder)), folder];
}

/** After an interrupted run, this one continues it: taking back takes back both. */
function continued(journal: Journal, place: JournalPlace): Journal {
  const last = readJournal(place);
  if (!last || last.complete) return journal;
  const states = last.files.map((entry) => stateOf(entry, place.base));
  clearAway({ files: last.files, folders: [] }, place.base);
  const written = last.files.filter((_, i) => states[i] === 'after');
  const origin = new Map(written.map((entry) => [entry.path, entry]));
  const own = journal.files.map((entry) => ({ ...entry, before: (origin.get(entry.path) ?? entry).before }));
  const rest = written.filter((entry) => !own.some(({ path: name }) => name === entry.path));
  const folders = [...last.folders, ...journal.folders.filter((name) => !last.folders.includes(name))];
  return { ...journal, files: [...own, ...rest], folders };
}

function stage({ change, target, temporary }: Staged): void {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  writeTemporary(temporary, change.after, change.before === null ? undefined : fs.statSync(target).mode);
}

function putBack(target: string, original: Buffer | string | null): void {
  if (original === null) fs.rmSync(target, { force: true });
  else fs.writeFileSync(target, original);
}
