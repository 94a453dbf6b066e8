/**
 * The journal of the last run: what every file was before, so that `--undo` can put it back, and what it became, so that later work
 * is never overwritten. It is complete on the disk before the first file is touched.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { replaceFile } from './replace-file.js';

export interface Journal {
  version: 1;
  /** Name and version of the codemod. */
  tool: string;
  /** Every file was replaced. */
  complete: boolean;
  files: JournalFile[];
  /** Folders that the run makes, outer ones first. */
  folders: string[];
}

/** Paths are relative to the journal's base, with forward slashes. */
export interface JournalFile {
  path: string;
  /** The whole text; null: the file is new. */
  before: string | null;
  /** SHA-256 of the new text, in hex. */
  after: string;
  /** Where new content stands until it takes its place; an interrupted run may leave it. */
  temporary: string;
}

/** Where the journal of a folder lies. */
export interface JournalPlace {
  file: string;
  /** Absolute folder that its paths are relative to. */
  base: string;
}

/** Where a journal stands until it is complete. A run that was killed may leave it; it means nothing. */
export function unfinished({ file }: JournalPlace): string {
  return `${file}.new`;
}

export function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** @returns The text of the journal that was there before, to be put back if the run fails. */
export function writeJournal(place: JournalPlace, journal: Journal): string | null {
  const { file } = place;
  const previous = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  replaceFile(file, `${JSON.stringify(journal)}\n`, 0o600, unfinished(place));
  return previous;
}

/** Null where there is none, or none that this version understands. */
export function readJournal({ file }: JournalPlace): Journal | null {
  if (!fs.existsSync(file)) return null;
  try {
    const journal = JSON.parse(fs.readFileSync(file, 'utf8')) as Journal;
    return journal.version === 1 ? journal : null;
  } catch {
    return null;
  }
}

/** What stands at a journal's place now. */
export type FileState = 'before' | 'after' | 'changed';

export function stateOf(entry: JournalFile, base: string): FileState {
  const file = path.resolve(base, entry.path);
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : null;
  if (bytes !== null && hashOf(bytes) === entry.after) return 'after';
  if (entry.before === null) return bytes === null ? 'before' : 'changed';
  return bytes?.equals(Buffer.from(entry.before, 'utf8')) ? 'before' : 'changed';
}
