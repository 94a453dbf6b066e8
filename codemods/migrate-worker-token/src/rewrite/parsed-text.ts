/** What the finders of dead code work on, and what they give back. */
import type { Node } from '../ast/node.js';
import type { Scopes } from '../ast/scopes.js';

/** A file's text with its syntax and names. */
export interface Parsed {
  text: string;
  program: Node;
  scopes: Scopes;
}

/** Replaces `[start, end)`. */
export interface Span {
  start: number;
  end: number;
  text: string;
}
