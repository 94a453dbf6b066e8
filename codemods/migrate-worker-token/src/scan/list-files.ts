/** Which files are there: git's list, or a walk that obeys `.gitignore`. Says nothing about their content. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

const SOURCE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;

/** Absolute paths of source files under `paths`, sorted, each once. */
export function listFiles(paths: string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    if (statSync(path).isFile()) {
      if (SOURCE.test(path)) found.add(path);
      continue;
    }
    for (const file of fromGit(path) ?? fromWalk(path)) found.add(file);
  }
  return [...found].sort();
}

/** Tracked files and new ones that are not ignored; null where git does not manage the folder. */
function fromGit(folder: string): string[] | null {
  try {
    const output = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    });
    const files = output.split('\0').filter((file) => SOURCE.test(file));
    const wanted = files.filter((file) => !/(^|\/)node_modules\//.test(file)).map((file) => resolve(folder, file));
    return wanted.length > 0 ? wanted.filter((file) => existsSync(file)) : null;
  } catch {
    return null;
  }
}

function fromWalk(root: string): string[] {
  const found: string[] = [];
  const visit = (folder: string, rules: { base: string; ignore: Ignore }[]): void => {
    const own = join(folder, '.gitignore');
    const inForce = existsSync(own)
      ? [...rules, { base: folder, ignore: ignore().add(readFileSync(own, 'utf8')) }]
      : rules;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (isExcluded(path, entry.isDirectory(), inForce)) continue;
      if (entry.isDirectory()) visit(path, inForce);
      else if (entry.isFile() && SOURCE.test(entry.name)) found.push(path);
    }
  };
  visit(root, []);
  return found;
}

function isExcluded(path: string, isFolder: boolean, rules: { base: string; ignore: Ignore }[]): boolean {
  return rules.some(({ base, ignore: rule }) => {
    const local = relative(base, path).split(sep).join('/');
    return rule.ignores(isFolder ? `${local}/` : local);
  });
}
