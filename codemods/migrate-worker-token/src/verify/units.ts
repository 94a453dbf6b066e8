/** Sorts changed files into units that are checked with one set of options. */
import path from 'node:path';
import type ts from 'typescript';
import type { TypeScript } from './compiler.js';
import type { FindTsconfig } from './tsconfig.js';

export interface Unit {
  options: ts.CompilerOptions;
  /** The folder the options belong to. */
  folder: string;
  /** Changed or created files, absolute. */
  changed: string[];
  /** Files that may import them, and ambient declarations. */
  project: string[];
  /** Only these errors count; undefined: all. */
  codes?: RegExp;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;
const JAVASCRIPT = /\.[cm]?jsx?$/;

/** What is certainly wrong in JavaScript: syntax, unknown names, unknown modules and exports. */
const CERTAIN = /^TS(1\d{3}|2304|2305|2307|2552|2614|2724|18004)$/;

/**
 * JavaScript is checked with options of ours, for certain errors only; where its project checks it by itself, with the
 * project's options, too.
 * @param candidates Files that the scan took for users of changed ones.
 */
export function unitsOf(
  ts: TypeScript,
  find: FindTsconfig,
  changed: string[],
  candidates: string[],
  root: string,
): Unit[] {
  const byConfig = new Map<string, Unit>();
  const javascript: string[] = [];
  for (const file of changed.filter((name) => SCRIPT.test(name))) {
    const config = find(file);
    if (JAVASCRIPT.test(file)) javascript.push(file);
    if (JAVASCRIPT.test(file) && config?.options.checkJs !== true) continue;
    const key = config?.path ?? '';
    const unit = byConfig.get(key) ?? {
      options: config?.options ?? looseOptions(ts),
      folder: config ? path.dirname(config.path) : root,
      project: config?.fileNames ?? candidates,
      changed: [],
    };
    unit.changed.push(file);
    byConfig.set(key, unit);
  }
  const units = [...byConfig.values()];
  if (javascript.length === 0) return units;
  const project = candidates.filter((name) => JAVASCRIPT.test(name));
  return [...units, { options: looseOptions(ts), folder: root, changed: javascript, project, codes: CERTAIN }];
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
