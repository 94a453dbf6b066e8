// What the compiler has to say about a text that it did not say about an earlier one. Imports of the manager find its sources.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['@worker-token/source'],
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowJs: true,
  types: [],
  paths: { '@worker-token/manager': [`${root}packages/manager/src/index.ts`] },
};

export interface Pair {
  before: string;
  after: string;
}

/** For each pair the messages that are new. */
export function newDiagnostics(pairs: Pair[]): string[][] {
  const texts = new Map(
    pairs.flatMap(({ before, after }, at) => [
      [nameOf(at, 'before'), before],
      [nameOf(at, 'after'), after],
    ]),
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => texts.get(name) ?? readFile.call(host, name);
  host.fileExists = (name) => texts.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, language, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, language, ...rest)
      : ts.createSourceFile(name, text, language);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const said = (name: string) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ code, messageText }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  };
  return pairs.map((_, at) => {
    const known = new Set(said(nameOf(at, 'before')));
    return said(nameOf(at, 'after')).filter((message) => !known.has(message));
  });
}

const nameOf = (at: number, when: string) => `${root}packages/manager/src/suggested-${at}-${when}.tsx`;
