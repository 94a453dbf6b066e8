/** Text to syntax, with jscodeshift's own parsers. They are loaded at the first file that needs one. */
import { createRequire } from 'node:module';
import { linkParents, type Node } from './node.js';

export interface Comment {
  start: number;
  end: number;
  value: string;
}

export interface ParsedText {
  program: Node;
  comments: Comment[];
}

type Parser = { parse(text: string): Node };
const require = createRequire(import.meta.url);
const parsers = new Map<string, Parser>();

/** @throws SyntaxError if the text is neither TypeScript nor JavaScript. */
export function parseText(path: string, text: string): ParsedText {
  const file = parserFor(path).parse(text);
  const errors = (file['errors'] as { message: string }[] | undefined) ?? [];
  if (errors[0]) throw new SyntaxError(errors[0].message);
  const program: Node = file['program'];
  program.parent = null;
  linkParents(program);
  return { program, comments: file['comments'] ?? [] };
}

/** `line 3, column 8: Unexpected token`, whatever the parser threw. */
export function whyUnparsable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = /\s*\((\d+):(\d+)\)\s*$/.exec(message);
  if (!place) return message;
  return `line ${place[1]}, column ${Number(place[2]) + 1}: ${message.slice(0, place.index)}`;
}

/** `.ts` may hold `<T>value` casts, which the parser for `.tsx` takes for elements. */
function parserFor(path: string): Parser {
  const name = /\.[cm]?ts$/.test(path) ? 'ts' : 'tsx';
  let parser = parsers.get(name);
  if (!parser) {
    const getParser = require('jscodeshift/src/getParser') as (name: string) => Parser;
    parsers.set(name, (parser = getParser(name)));
  }
  return parser;
}
