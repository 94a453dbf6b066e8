/**
 * The compiler host of a check: the disk, with planned content and the travelling declarations laid over it. Files are parsed once
 * for both programs, before and after.
 */
import path from 'node:path';
import type ts from 'typescript';
import type { Compiler } from './compiler.js';
import type { VirtualPackages } from './worker-token-types.js';

/** Planned content by absolute path; null: the file is not there. */
export type Overlay = ReadonlyMap<string, string | null>;

export interface ParseCache {
  get(name: string, text: string): ts.SourceFile | undefined;
  set(name: string, text: string, file: ts.SourceFile): void;
}

export function parseCache(): ParseCache {
  const files = new Map<string, { text: string; file: ts.SourceFile }[]>();
  return {
    get: (name, text) => files.get(name)?.find((entry) => entry.text === text)?.file,
    set: (name, text, file) => void files.set(name, [...(files.get(name) ?? []), { text, file }].slice(-2)),
  };
}

export interface HostParts {
  compiler: Compiler;
  options: ts.CompilerOptions;
  overlay: Overlay;
  packages: VirtualPackages;
  cache: ParseCache;
}

export function overlayHost({ compiler, options, overlay, packages, cache }: HostParts): ts.CompilerHost {
  const { ts } = compiler;
  const host = ts.createCompilerHost(options, true);
  const disk = { ...host };
  const planned = (name: string) => overlay.get(path.normalize(name));
  const inMemory = (name: string) => planned(name) ?? packages.file(name) ?? compiler.libFile(name);
  const added = new Set([...overlay].flatMap(([name, text]) => (text === null ? [] : [path.dirname(name)])));

  host.readFile = (name) => (planned(name) === null ? undefined : (inMemory(name) ?? disk.readFile(name)));
  host.fileExists = (name) => planned(name) !== null && (inMemory(name) !== undefined || disk.fileExists(name));
  host.directoryExists = (name) =>
    packages.hasFolder(name) || added.has(path.normalize(name)) || disk.directoryExists?.(name) !== false;
  if (compiler.source === 'bundled') {
    host.getDefaultLibLocation = () => compiler.libFolder;
    host.getDefaultLibFileName = (o) => `${compiler.libFolder}/${path.posix.basename(ts.getDefaultLibFilePath(o))}`;
  }
  host.getSourceFile = (name, languageVersion) => {
    const text = host.readFile(name);
    if (text === undefined) return undefined;
    const known = cache.get(name, text);
    if (known) return known;
    const file = ts.createSourceFile(name, text, languageVersion, true);
    cache.set(name, text, file);
    return file;
  };
  host.resolveModuleNameLiterals = resolver(ts, host, packages);
  return host;
}

type Resolve = NonNullable<ts.CompilerHost['resolveModuleNameLiterals']>;

/** As the compiler does it by itself; a `@worker-token` package that the project lacks comes from memory. */
function resolver(ts: Compiler['ts'], host: ts.CompilerHost, packages: VirtualPackages): Resolve {
  let cache: ts.ModuleResolutionCache | undefined;
  return (literals, containingFile, redirected, options, file) => {
    cache ??= ts.createModuleResolutionCache(host.getCurrentDirectory(), (x) => host.getCanonicalFileName(x), options);
    return literals.map((literal) => {
      const virtual = packages.resolve(literal.text);
      if (virtual !== undefined) return { resolvedModule: virtualModule(ts, virtual) };
      const mode = ts.getModeForUsageLocation(file, literal, options);
      return ts.resolveModuleName(literal.text, containingFile, options, host, cache, redirected, mode);
    });
  };
}

function virtualModule(ts: Compiler['ts'], file: string): ts.ResolvedModuleFull {
  const extension = file.endsWith('.d.ts') ? ts.Extension.Dts : ts.Extension.Ts;
  return { resolvedFileName: file, extension, isExternalLibraryImport: true };
}
