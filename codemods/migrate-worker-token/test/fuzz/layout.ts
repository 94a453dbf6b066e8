/** Gives a file its look: prettier with options by chance, then what people add to that by hand. Takes the marks of operations out. */
import { format, type Options } from 'prettier';
import ts from 'typescript';
import type { Random } from './random.js';

export interface Operation {
  what: string;
  /** 1-based, in the file as it is written. */
  line: number;
  column: number;
}

export interface Look {
  language: 'ts' | 'js' | 'mjs' | 'cjs';
  style: Options;
  eol: '\n' | '\r\n';
  bom: boolean;
}

export function lookOf(random: Random, language: Look['language']): Look {
  return {
    language,
    style: {
      semi: random.chance(0.7),
      singleQuote: random.chance(0.6),
      useTabs: random.chance(0.25),
      tabWidth: random.pick([2, 2, 4]),
      printWidth: random.pick([60, 80, 100, 140]),
      trailingComma: random.pick(['all', 'es5', 'none'] as const),
      arrowParens: random.pick(['always', 'avoid'] as const),
      bracketSpacing: random.chance(0.8),
    },
    eol: random.chance(0.2) ? '\r\n' : '\n',
    bom: random.chance(0.1),
  };
}

/** @param body TypeScript; `bystanders` are put between its statements as they are. */
export async function laidOut(
  body: string,
  bystanders: readonly string[],
  look: Look,
  random: Random,
): Promise<{ text: string; marked: string }> {
  const plain = look.language === 'ts' ? body : withoutTypes(body);
  const pretty = await format(plain, { ...look.style, parser: look.language === 'ts' ? 'typescript' : 'babel' });
  const marked = withOddities(withBystanders(pretty, bystanders, random), random)
    .replaceAll('\n', look.eol)
    .replace(/^/, look.bom ? '\uFEFF' : '');
  return { marked, text: marked.replaceAll(/OP\d+_/g, '') };
}

/** Where each operation begins in the text without marks. */
export function placed(marked: string, operations: readonly string[]): Operation[] {
  const lines = marked.split('\n');
  return operations.map((what, index) => {
    const line = lines.findIndex((text) => text.includes(`OP${index}_`));
    if (line < 0) throw new Error(`The mark of operation ${index} (${what}) got lost.`);
    const before = lines[line]!.slice(0, lines[line]!.indexOf(`OP${index}_`)).replaceAll(/OP\d+_|\uFEFF/g, '');
    return { what, line: line + 1, column: before.length + 1 };
  });
}

function withoutTypes(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.Preserve,
      verbatimModuleSyntax: true,
    },
    fileName: 'file.tsx',
  }).outputText;
}

function withBystanders(text: string, bystanders: readonly string[], random: Random): string {
  const blocks = text.split(/\n(?=export |const |async function |class )/);
  for (const bystander of bystanders) blocks.splice(random.int(1, blocks.length), 0, `\n${bystander}\n`);
  return blocks.join('\n');
}

/** Comments, blank lines and trailing blanks, where a line ends a statement. JSX is left alone. */
function withOddities(text: string, random: Random): string {
  if (/<\w+[ >]/.test(text)) return text;
  const oddities = ['  ', ' // keep', '\n', '\n\n', ' /* as agreed */'];
  return text
    .split('\n')
    .map((line) => (/[;{}]$/.test(line) && random.chance(0.06) ? line + random.pick(oddities) : line))
    .join('\n');
}
