/** Sorts changed files into units that are checked with one set of options. */
import path from 'node:path';
import type ts from 'typescript';
import type { TypeScript } from './compiler.js';
import type { FindTsconfig } from './tsconfig.js';

export interface Unit {
  options: ts.CompilerOptions;
  /** The folder the options belong to. */
  folder: string;
  /** Changed or created files whose errors count here, absolute. */
  changed: string[];
  /** Further files whose errors count here: those that may import a changed one, and ambient declarations. */
  project: ReadonlySet<string>;
  /** Which error codes count; undefined: all. */
  codes?: RegExp;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;
const JAVASCRIPT = /\.[cm]?jsx?$/;

/** What is certainly wrong in JavaScript: syntax, unknown names, unknown modules and exports. */
const CERTAIN = /^TS(1\d{3}|2304|2305|2307|2552|2614|2724|18004)$/;

/**
 * JavaScript is checked with options of ours, for certain errors only; where its project checks it by itself, with the
 * project's options, too.
 * @param candidates Files that the scan took for users of changed ones; they may belong to another tsconfig.
 */
export function unitsOf(
  ts: TypeScript,
  find: FindTsconfig,
  changed: string[],
  candidates: string[],
  root: string,
): Unit[] {
  const units = new Map<string, Unit>();
  const unitOf = (file: string): Unit | null => {
    const config = find(file);
    if (JAVASCRIPT.test(file) && config?.options.checkJs !== true) return null;
    const key = config?.path ?? '';
    const unit = units.get(key) ?? {
      options: config?.options ?? looseOptions(ts),
      folder: config ? path.dirname(config.path) : root,
      project: config?.fileNames ?? new Set(candidates),
      changed: [],
    };
    units.set(key, unit);
    return unit;
  };
  const scripts = changed.filter((name) => SCRIPT.test(name));
  for (const file of scripts) unitOf(file)?.changed.push(file);
  for (const file of candidates.filter((name) => SCRIPT.test(name))) unitOf(file);
  return [...units.values(), ...javascriptUnit(ts, scripts, candidates, root)];
}

function javascriptUnit(ts: TypeScript, scripts: string[], candidates: string[], root: string): Unit[] {
  const changed = scripts.filter((name) => JAVASCRIPT.test(name));
  const project = new Set(candidates.filter((name) => JAVASCRIPT.test(name)));
  if (changed.length + project.size === 0) return [];
  return [{ options: looseOptions(ts), folder: root, changed, project, codes: CERTAIN }];
}

function looseOptions(ts: TypeScript): ts.CompilerOptions {
  return {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    jsx: ts.JsxEmit.ReactJSX,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    skipLibCheck: true,
  };
}
