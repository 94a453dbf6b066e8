/** Finds where a folder's journal lies: inside git's own folder, so that no tree gets a file; without git, in a hidden file. */
import fs from 'node:fs';
import path from 'node:path';
import { unfinished, type JournalPlace } from './journal.js';

const NAME = 'migrate-worker-token.json';

/** For a run on `folder`. */
export function journalPlace(folder: string): JournalPlace {
  return upwards(folder, gitPlace) ?? plainPlace(folder);
}

/** For taking back: the nearest place upwards that has a journal; null where there is none. */
export function existingJournal(folder: string): JournalPlace | null {
  const isThere = (place: JournalPlace | undefined) =>
    place !== undefined && (fs.existsSync(place.file) || fs.existsSync(unfinished(place)));
  return upwards(folder, (at) => [plainPlace(at), gitPlace(at)].find(isThere));
}

function plainPlace(folder: string): JournalPlace {
  return { file: path.join(folder, `.${NAME}`), base: folder };
}

function gitPlace(folder: string): JournalPlace | undefined {
  const git = path.join(folder, '.git');
  const stat = fs.statSync(git, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (stat.isDirectory()) return { file: path.join(git, NAME), base: folder };
  // a worktree or submodule: a file that says where git's folder is
  const [, target] = /^gitdir: (.+)$/m.exec(fs.readFileSync(git, 'utf8')) ?? [];
  return target ? { file: path.join(path.resolve(folder, target.trim()), NAME), base: folder } : undefined;
}

function upwards(start: string, find: (folder: string) => JournalPlace | undefined): JournalPlace | null {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const found = find(folder);
    if (found) return found;
    if (folder === path.dirname(folder)) return null;
  }
}
