/**
 * Chooses the compiler that verifies: the project's own, so that its answers are the ones the project knows; else the one that
 * travels with ts-morph. What is done with it is left to others.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type ts from 'typescript';

export type TypeScript = typeof ts;

export interface Compiler {
  ts: TypeScript;
  version: string;
  source: 'project' | 'bundled';
  /** Text of a library file that is not on disk. Only the bundled compiler has such. */
  libFile(name: string): string | undefined;
  /** Where the library files are, on disk or in memory. */
  libFolder: string;
}

/** The compiler for code in `folder`. */
export async function compilerFor(folder: string): Promise<Compiler> {
  return projectCompiler(folder) ?? (await bundledCompiler());
}

/** Versions before 5 lack what the host of a check needs; version 7 has no compiler API. */
export function isUsable(candidate: Partial<TypeScript>): candidate is TypeScript {
  const major = Number(candidate.version?.split('.')[0]);
  return major >= 5 && typeof candidate.createProgram === 'function';
}

function projectCompiler(folder: string): Compiler | null {
  try {
    const require = createRequire(path.join(folder, 'noop.js'));
    const file = require.resolve('typescript');
    const candidate = require(file) as Partial<TypeScript>;
    if (!isUsable(candidate)) return null;
    return {
      ts: candidate,
      version: candidate.version ?? '',
      source: 'project',
      libFile: () => undefined,
      libFolder: path.dirname(file),
    };
  } catch {
    return null;
  }
}

let bundled: Promise<Compiler> | undefined;

async function bundledCompiler(): Promise<Compiler> {
  return (bundled ??= loadBundled());
}

async function loadBundled(): Promise<Compiler> {
  const { ts } = await import('ts-morph');
  // The library files are part of @ts-morph/common, as strings; it is reached through ts-morph, whose dependency it is.
  const require = createRequire(import.meta.url);
  const common = createRequire(require.resolve('ts-morph'))('@ts-morph/common') as {
    getLibFiles(): { fileName: string; text: string }[];
    libFolderInMemoryPath: string;
  };
  const libs = new Map(common.getLibFiles().map((file) => [file.fileName, file.text]));
  return {
    ts: ts as unknown as TypeScript,
    version: ts.version,
    source: 'bundled',
    libFile: (name) => libs.get(path.posix.basename(name)),
    libFolder: common.libFolderInMemoryPath,
  };
}
