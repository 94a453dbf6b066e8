/** Errors of the compiler that a migration adds: all programs of a batch at once, before and after, with the packages' sources. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { TYPES_OF_REACT, put, type Migrated } from './migrated.js';

const PACKAGES = path.join(import.meta.dirname, '../../../../packages');
/** In JavaScript only what is certainly wrong counts: unknown names, modules and exports. */
const CERTAIN = new Set([2304, 2305, 2307, 2552, 2614, 2724]);

/** @param home Takes the programs as they were, beside the migrated ones. */
export function newErrors(batch: readonly Migrated[], home: string): string[] {
  for (const { program } of batch) put(program, path.join(home, 'before', `p${program.seed}`));
  const known = errorsBelow(path.join(home, 'before'), batch);
  return errorsBelow(home, batch).filter((message) => !known.includes(message));
}

function errorsBelow(root: string, batch: readonly Migrated[]): string[] {
  const files = batch.flatMap(({ program }) => sources(path.join(root, `p${program.seed}`, 'src')));
  const program = ts.createProgram(files, OPTIONS);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found
      .filter(({ code }) => /\.tsx?$/.test(file) || CERTAIN.has(code))
      .map(({ code, messageText }) => {
        const message = ts.flattenDiagnosticMessageText(messageText, ' ');
        return `${path.relative(root, file)}: TS${code} ${message}`;
      });
  });
}

function sources(folder: string): string[] {
  return fs.readdirSync(folder).map((name) => path.join(folder, name));
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['@worker-token/source'],
  jsx: ts.JsxEmit.ReactJSX,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  typeRoots: [path.join(import.meta.dirname, '../../node_modules/@types')],
  paths: {
    '@worker-token/manager': [path.join(PACKAGES, 'manager', 'src', 'index.ts')],
    '@worker-token/react': [path.join(PACKAGES, 'react', 'src', 'index.ts')],
    react: [TYPES_OF_REACT],
    'react/jsx-runtime': [path.join(TYPES_OF_REACT, 'jsx-runtime.d.ts')],
  },
};
