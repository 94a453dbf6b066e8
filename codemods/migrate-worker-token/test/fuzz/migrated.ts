/** Writes programs to a folder, each a package, and runs the engine on each, twice. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '../../src/migrate.js';
import type { Report } from '../../src/types.js';
import type { Program } from './program.js';

export interface Migrated {
  program: Program;
  /** The program's folder, migrated. */
  folder: string;
  report: Report;
  /** Files that a second run would change. */
  secondRun: string[];
  /** Text after the run, by path below the folder. */
  after: Map<string, string>;
}

export const TYPES_OF_REACT = path.join(import.meta.dirname, '../../../../packages/react/node_modules/@types/react');

/** A folder for programs; the caller removes it. */
export function workshop(): string {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'worker-token-fuzz-')));
}

export function put(program: Program, folder: string): void {
  for (const file of program.files) {
    const at = path.join(folder, file.path);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, file.text);
  }
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), TSCONFIG);
}

export async function migrated(program: Program, home: string, verify: boolean): Promise<Migrated> {
  const folder = path.join(home, `p${program.seed}`);
  put(program, folder);
  const report = await migrate({ root: folder, force: true, verify });
  const after = textsOf(folder);
  const again = await migrate({ root: folder, force: true, verify: false, dryRun: true });
  const secondRun = again.files.filter((file) => file.status === 'changed').map(({ file }) => file);
  return { program, folder, report, after, secondRun };
}

function textsOf(root: string): Map<string, string> {
  const names = fs.readdirSync(root, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => fs.statSync(path.join(root, name)).isFile());
  return new Map(files.map((name) => [name.split(path.sep).join('/'), fs.readFileSync(path.join(root, name), 'utf8')]));
}

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2023', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    types: [],
    noEmit: true,
    skipLibCheck: true,
    paths: { react: [TYPES_OF_REACT], 'react/jsx-runtime': [path.join(TYPES_OF_REACT, 'jsx-runtime.d.ts')] },
  },
  include: ['src'],
});
