/** Finds the tsconfig a file belongs to, as the compiler and editors do: the nearest one, or one it refers to. */
import path from 'node:path';
import type ts from 'typescript';
import { TsconfigError } from '../errors.js';
import type { TypeScript } from './compiler.js';

export interface Tsconfig {
  path: string;
  options: ts.CompilerOptions;
  /** Absolute. */
  fileNames: ReadonlySet<string>;
}

export type FindTsconfig = (file: string) => Tsconfig | null;

/**
 * @param explicit The one to use for every file, absolute.
 * @returns A finder. A file that no tsconfig includes gets the nearest one; without any: null.
 */
export function tsconfigFinder(ts: TypeScript, explicit?: string): FindTsconfig {
  const parsed = new Map<string, ReturnType<typeof parse>>();
  const read = (file: string) => {
    const known = parsed.get(file) ?? parse(ts, file);
    parsed.set(file, known);
    return known;
  };
  return (file) => {
    if (explicit !== undefined) return including(read, explicit, file) ?? read(explicit).config;
    let nearest: Tsconfig | null = null;
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      const candidate = path.join(folder, 'tsconfig.json');
      if (ts.sys.fileExists(candidate)) {
        const hit = including(read, candidate, file);
        if (hit) return hit;
        nearest ??= read(candidate).config;
      }
      if (folder === path.dirname(folder)) return nearest;
    }
  };
}

type Read = (file: string) => { config: Tsconfig; references: string[] };

function including(read: Read, configPath: string, file: string, seen = new Set<string>()): Tsconfig | null {
  if (seen.has(configPath)) return null;
  seen.add(configPath);
  const { config, references } = read(configPath);
  if (config.fileNames.has(file)) return config;
  for (const reference of references) {
    const hit = including(read, reference, file, seen);
    if (hit) return hit;
  }
  return null;
}

function parse(ts: TypeScript, file: string): { config: Tsconfig; references: string[] } {
  const read = ts.readConfigFile(file, (name) => ts.sys.readFile(name));
  if (read.error) {
    const reason = ts.flattenDiagnosticMessageText(read.error.messageText, ' ');
    throw new TsconfigError(`${file} cannot be read: ${reason}`);
  }
  const result = ts.parseJsonConfigFileContent(read.config, ts.sys, path.dirname(file), undefined, file);
  const fatal = result.errors.find((d) => d.code === 5083 || d.code === 6053);
  if (fatal) throw new TsconfigError(`${file}: ${ts.flattenDiagnosticMessageText(fatal.messageText, ' ')}`);
  const references = (result.projectReferences ?? []).map((reference) => ts.resolveProjectReferencePath(reference));
  const fileNames = new Set(result.fileNames.map((name) => path.normalize(name)));
  return {
    config: { path: file, options: checking(result.options), fileNames },
    references: references.filter((name) => ts.sys.fileExists(name)),
  };
}

/** The project's options without what only matters for its output. */
function checking(options: ts.CompilerOptions): ts.CompilerOptions {
  const { composite: _c, incremental: _i, tsBuildInfoFile: _t, ...rest } = options;
  return {
    ...rest,
    noEmit: true,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    skipLibCheck: true,
  };
}
