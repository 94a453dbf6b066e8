/** The command that installs the packages the migrated files import, for the package manager the project uses. */
import fs from 'node:fs';
import path from 'node:path';

const LOCKFILES: [file: string, manager: string][] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

export function installCommand(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = LOCKFILES.find(([file]) => fs.existsSync(path.join(at, file)));
    if (found) return `${found[1]} install`;
    if (at === path.dirname(at)) return 'npm install';
  }
}
