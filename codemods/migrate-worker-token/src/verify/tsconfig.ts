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

export interface FinderParts {
  /** The one to use for every file, absolute. */
  explicit?: string | undefined;
  /** Told once of each tsconfig that cannot be read in full, and of what is assumed instead. */
  onAssumption?: (file: string, text: string) => void;
}

/**
 * @returns A finder. A file that no tsconfig includes gets the nearest one; without any: null.
 * @throws TsconfigError where the explicit one is broken.
 */
export function tsconfigFinder(ts: TypeScript, { explicit, onAssumption = () => {} }: FinderParts = {}): FindTsconfig {
  const parsed = new Map<string, ReturnType<typeof parse>>();
  const read = (file: string) => {
    const known = parsed.get(file);
    if (known) return known;
    const fresh = parse(ts, file, file === explicit);
    parsed.set(file, fresh);
    if (fresh.problem !== null) onAssumption(file, `${fresh.problem} ${ASSUMED}`);
    return fresh;
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

const ASSUMED =
  'Checked with what could be read, and where that says nothing: strict, ES2022 with DOM, modules as a bundler resolves them, JSX of React.';

/** Of a project that has not been installed, what a tsconfig extends may be missing. */
const NOT_FOUND = new Set([5083, 6053]);
const isSyntax = (code: number) => code >= 1000 && code < 2000;

function parse(ts: TypeScript, file: string, isExplicit: boolean) {
  const read = ts.readConfigFile(file, (name) => ts.sys.readFile(name));
  if (read.error && isExplicit) throw new TsconfigError(`${file} cannot be read: ${messageOf(ts, read.error)}`);
  const result = ts.parseJsonConfigFileContent(read.config ?? {}, ts.sys, path.dirname(file), undefined, file);
  const problem = read.error ?? result.errors.find(({ code }) => NOT_FOUND.has(code) || isSyntax(code));
  const options = problem ? { ...assumed(ts, result.options), ...result.options } : result.options;
  const references = (result.projectReferences ?? []).map((reference) => ts.resolveProjectReferencePath(reference));
  const fileNames = new Set(result.fileNames.map((name) => path.normalize(name)));
  return {
    config: { path: file, options: checking(options), fileNames },
    references: references.filter((name) => ts.sys.fileExists(name)),
    problem: problem ? sentence(messageOf(ts, problem)) : null,
  };
}

const messageOf = (ts: TypeScript, { messageText }: ts.Diagnostic): string =>
  ts.flattenDiagnosticMessageText(messageText, ' ');
const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

/** What most projects say. Too strict takes a change back at worst; too loose would let an error through. */
function assumed(ts: TypeScript, own: ts.CompilerOptions): ts.CompilerOptions {
  return {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    jsx: ts.JsxEmit.ReactJSX,
    esModuleInterop: true,
    ...(own.module === undefined && {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    }),
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
