/**
 * Puts back what the last run changed, byte for byte: all of it or nothing. It may be interrupted and run again. Where the journal
 * lies is found elsewhere.
 */
import fs from 'node:fs';
import path from 'node:path';
import { ChangedSinceError, NothingToUndoError } from '../errors.js';
import { holdSignals } from './hold-signals.js';
import { existingJournal } from './journal-place.js';
import { readJournal, stateOf, unfinished, type Journal, type JournalFile, type JournalPlace } from './journal.js';
import { replaceFile } from './replace-file.js';

export interface Undone {
  /** Absolute folder that the names are relative to. */
  base: string;
  /** Files that have their old content again. */
  restored: string[];
  /** Files that the run had made. */
  removed: string[];
}

/**
 * @param folder Where to look for a journal, upwards.
 * @param dryRun Only says what would be put back.
 * @throws NothingToUndoError if there is no journal.
 * @throws ChangedSinceError if a file is not what the run had made of it. Nothing is put back then.
 */
export function undo(folder: string, dryRun = false): Undone {
  const place = existingJournal(folder);
  const journal = place && readJournal(place);
  if (place && !dryRun) fs.rmSync(unfinished(place), { force: true });
  if (!place || !journal) {
    throw new NothingToUndoError(
      `There is no migration to take back in ${folder}: no run has changed anything here, or it was taken back already.`,
    );
  }
  const states = journal.files.map((entry) => ({ entry, state: stateOf(entry, place.base) }));
  const changed = states.filter(({ state }) => state === 'changed').map(({ entry }) => entry.path);
  if (changed.length > 0) throw new ChangedSinceError(changedMessage(changed));
  const open = states.filter(({ state }) => state === 'after').map(({ entry }) => entry);
  if (!dryRun) putBack(place, journal, open);
  const names = (made: boolean) =>
    open.filter(({ before }) => (before === null) === made).map(({ path: name }) => name);
  return { base: place.base, restored: names(false), removed: names(true) };
}

function putBack({ file, base }: JournalPlace, journal: Journal, open: JournalFile[]): void {
  const release = holdSignals();
  try {
    for (const entry of open) restore(entry, base);
    clearAway(journal, base);
    fs.rmSync(file, { force: true });
  } finally {
    release();
  }
}

function restore(entry: JournalFile, base: string): void {
  const target = path.resolve(base, entry.path);
  if (entry.before === null) fs.rmSync(target, { force: true });
  else replaceFile(target, entry.before, fs.statSync(target).mode, path.resolve(base, entry.temporary));
}

/** What an interrupted run left, and folders that it had made and nobody else uses. */
export function clearAway(journal: Pick<Journal, 'files' | 'folders'>, base: string): void {
  for (const { temporary } of journal.files) fs.rmSync(path.resolve(base, temporary), { force: true });
  for (const folder of [...journal.folders].reverse()) {
    const full = path.resolve(base, folder);
    if (fs.existsSync(full) && fs.readdirSync(full).length === 0) fs.rmdirSync(full);
  }
}

function changedMessage(files: string[]): string {
  return [
    files.length === 1
      ? 'A file was changed since the migration:'
      : `${files.length} files were changed since the migration:`,
    ...files.map((name) => `  ${name}`),
    'Nothing was put back, so that this work is not lost. Take it out of these files (or commit it and use git), then run --undo again.',
  ].join('\n');
}
