/** Type errors of all fixtures at once, before and after, with the sources of the packages. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const PACKAGES = path.join(import.meta.dirname, '..', '..', '..', 'packages');
const REACT = path.join(PACKAGES, 'react', 'node_modules', '@types');

/** Messages that come up in an `after` folder more often than in its `before`. */
export function newErrors(fixtures: string): string[] {
  const before = errors(fixtures, 'before');
  return errors(fixtures, 'after').filter((message) => {
    const known = before.indexOf(message);
    if (known >= 0) before.splice(known, 1);
    return known < 0;
  });
}

function errors(fixtures: string, side: 'before' | 'after'): string[] {
  const files = fs.readdirSync(fixtures).flatMap((name) => sources(path.join(fixtures, name, side)));
  const program = ts.createProgram(files, {
    strict: true,
    noUnusedLocals: true,
    allowJs: true,
    checkJs: false,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['@worker-token/source'],
    jsx: ts.JsxEmit.ReactJSX,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    paths: {
      '@worker-token/manager': [path.join(PACKAGES, 'manager', 'src', 'index.ts')],
      react: [path.join(REACT, 'react')],
      'react/jsx-runtime': [path.join(REACT, 'react', 'jsx-runtime.d.ts')],
      '@acme/worker': [path.join(fixtures, 'monorepo', side, 'packages', 'worker', 'src', 'index.ts')],
      'react-dom/client': [path.join(REACT, 'react-dom', 'client.d.ts')],
    },
  });
  const own = new Set(files);
  return files
    .filter((file) => own.has(file))
    .flatMap((file) => {
      const source = program.getSourceFile(file);
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      const name = path.relative(fixtures, file).split(path.sep).slice(2).join('/');
      return found.map((d) => `${name} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
    });
}

function sources(root: string): string[] {
  const names = fs.readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.[jt]sx?$/.test(name)).map((name) => path.join(root, name));
}
