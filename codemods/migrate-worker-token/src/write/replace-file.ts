/** Replaces one file whole: its new content is on the disk, under another name, before it takes the place of the old. */
import fs from 'node:fs';
import path from 'node:path';

/** The name that new content has until it takes its place. */
export function temporaryFor(target: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
}

/** @param mode Permissions; left out: what the system gives a new file. */
export function writeTemporary(temporary: string, text: string, mode?: number): void {
  const file = fs.openSync(temporary, 'w', mode);
  try {
    fs.writeFileSync(file, text, 'utf8');
    if (mode !== undefined) fs.fchmodSync(file, mode);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

export function replaceFile(target: string, text: string, mode?: number, temporary = temporaryFor(target)): void {
  writeTemporary(temporary, text, mode);
  fs.renameSync(temporary, target);
}
