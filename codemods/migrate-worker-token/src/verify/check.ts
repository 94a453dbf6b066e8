/**
 * Checks one unit before and after: the changed files, and the files that import them for as long as what they export differs. The
 * disk is never touched.
 */
import fs from 'node:fs';
import path from 'node:path';
import type ts from 'typescript';
import type { FileChange } from '../types.js';
import type { Compiler } from './compiler.js';
import { findingsOf, freshOnes, type Finding } from './findings.js';
import { overlayHost, parseCache, type Overlay } from './host.js';
import { closureOfImporters, mentions } from './importers.js';
import type { Unit } from './units.js';
import { virtualPackages } from './worker-token-types.js';

export interface Comparison {
  before: Finding[];
  after: Finding[];
  fresh: Finding[];
  program: ts.Program;
}

export type Compare = (changes: readonly FileChange[]) => Comparison;

export interface CheckParts {
  compiler: Compiler;
  unit: Unit;
  /** Every changed or created file, of other units, too. */
  changed: readonly string[];
  relative: (file: string) => string;
}

/**
 * @returns A function that compares the unit as it is on disk with planned changes; it may be called again with others. Null
 * where the unit has nothing to do with them.
 */
export function unitCheck({ compiler, unit, changed, relative }: CheckParts): Compare | null {
  const roots = rootsOf(unit, changed);
  if (roots.length === 0) return null;
  const cache = parseCache();
  const packages = virtualPackages(unit.folder);
  const owned = new Set([...unit.changed, ...unit.project]);
  const programOf = (overlay: Overlay, names: string[], old?: ts.Program) => {
    const host = overlayHost({ compiler, options: unit.options, overlay, packages, cache });
    const importers = recordImporters(host);
    const options = unit.options;
    const program = compiler.ts.createProgram({ rootNames: names, options, host, ...(old && { oldProgram: old }) });
    return { program, importers };
  };
  const findings = (program: ts.Program, file: string) =>
    findingsOf({ ts: compiler.ts, program, codes: unit.codes, relative }, file);

  const was = programOf(
    new Map(),
    roots.filter((name) => fs.existsSync(name)),
  );
  const known = new Map<string, Finding[]>();
  const findingsBefore = (file: string) => {
    const found = known.get(file) ?? findings(was.program, file);
    known.set(file, found);
    return found;
  };
  let last = was.program;
  return (changes) => {
    const overlay = new Map(changes.map((change) => [path.normalize(change.path), change.after]));
    const names = roots.filter((name) => overlay.has(name) || fs.existsSync(name));
    const { program } = programOf(overlay, names, last);
    last = program;
    const touched = changed.filter((name) => overlay.has(name) && program.getSourceFile(name));
    const differs: Differs = (file, differing) => exportsDiffer(was.program, program, file, differing);
    const affected = affectedFiles(touched, was.importers, differs).filter((file) => owned.has(file));
    const before = affected.flatMap(findingsBefore);
    const after = affected.flatMap((file) => findings(program, file));
    return { before, after, fresh: freshOnes(before, after), program };
  };
}

function rootsOf(unit: Unit, changed: readonly string[]): string[] {
  const read = (file: string) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
  const closure = closureOfImporters(changed, [...new Set([...unit.project, ...unit.changed])], read);
  const own = [...closure].filter((file) => unit.changed.includes(file) || unit.project.has(file));
  if (own.length === 0) return [];
  return [...new Set([...own, ...[...unit.project].filter((name) => /\.d\.[cm]?ts$/.test(name))])];
}

type Importers = ReadonlyMap<string, ReadonlySet<string>>;

/** Remembers, while a program is made, who imports whom. */
function recordImporters(host: ts.CompilerHost): Importers {
  const importers = new Map<string, Set<string>>();
  const resolve = host.resolveModuleNameLiterals?.bind(host);
  if (!resolve) return importers;
  host.resolveModuleNameLiterals = (literals, containingFile, ...rest) => {
    const resolutions = resolve(literals, containingFile, ...rest);
    for (const { resolvedModule } of resolutions) {
      if (!resolvedModule || /[\\/]node_modules[\\/]/.test(resolvedModule.resolvedFileName)) continue;
      const name = path.normalize(resolvedModule.resolvedFileName);
      importers.set(name, (importers.get(name) ?? new Set()).add(path.normalize(containingFile)));
    }
    return resolutions;
  };
  return importers;
}

type Differs = (file: string, differing: ReadonlySet<string>) => boolean;

function affectedFiles(touched: string[], importers: Importers, differs: Differs): string[] {
  const affected = new Set(touched);
  const differing = new Set<string>();
  const queue = [...touched];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const users = [...(importers.get(file) ?? [])].filter((user) => !affected.has(user));
    if (users.length === 0 || !differs(file, differing)) continue;
    differing.add(file);
    for (const user of users) {
      affected.add(user);
      queue.push(user);
    }
  }
  return [...affected];
}

/**
 * Compares declarations, as the compiler's own incremental build does. One that names a module which differs, such as
 * `export * from './read'`, differs with it. Unsure: they differ.
 */
function exportsDiffer(before: ts.Program, after: ts.Program, file: string, differing: ReadonlySet<string>): boolean {
  const was = declarationOf(before, file);
  return was === undefined || was !== declarationOf(after, file) || mentions(was, differing);
}

type ForcedEmit = (
  file: ts.SourceFile,
  write: ts.WriteFileCallback,
  token: undefined,
  onlyDeclarations: true,
  transformers: undefined,
  /** Declarations in spite of `noEmit`: not in the public signature, but what the compiler's own builder passes. */
  force: true,
) => unknown;

function declarationOf(program: ts.Program, file: string): string | undefined {
  const source = program.getSourceFile(file);
  if (!source) return undefined;
  let text: string | undefined;
  try {
    (program.emit as ForcedEmit)(source, (_, written) => (text = written), undefined, true, undefined, true);
  } catch {
    return undefined;
  }
  return text;
}
