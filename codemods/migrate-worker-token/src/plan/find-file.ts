/** The file that an import address means, with the endings that bundlers and TypeScript try. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ENDINGS = ['', '.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs', '.d.ts'];
const TYPESCRIPT_OF: Record<string, string[]> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

export function findFile(base: string): string | null {
  for (const ending of ENDINGS) if (isFile(base + ending)) return base + ending;
  const written = /\.[cm]?jsx?$/.exec(base)?.[0];
  for (const ending of (written && TYPESCRIPT_OF[written]) || []) {
    const path = base.slice(0, -(written ?? '').length) + ending;
    if (isFile(path)) return path;
  }
  for (const ending of ENDINGS.slice(1)) {
    const path = join(base, `index${ending}`);
    if (isFile(path)) return path;
  }
  return null;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
