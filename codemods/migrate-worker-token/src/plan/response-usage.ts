/** What is done with an answer of the token endpoint. */
import type { Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import type { AnswerGuard } from './answer-guards.js';

export interface ResponseUsage {
  /** Statements that go: the request's own, error throws, the caching of token and expiry. */
  gone: Set<Node>;
  /** Expressions that are the token, and stay. */
  tokens: Node[];
  /** The variable that the code itself gives the token. */
  tokenBinding: Binding | null;
  /** Expressions that are the expiry in milliseconds, and stay. */
  expiries: Node[];
  /** Checks whether a token came, by their statement, that do more than throw. */
  guards: Map<Node, AnswerGuard>;
  /** Something else is done with the answer. */
  usedForMore: boolean;
}

/** Nothing is done with it yet. */
export const unused = (): ResponseUsage => ({
  gone: new Set(),
  tokens: [],
  tokenBinding: null,
  expiries: [],
  guards: new Map(),
  usedForMore: false,
});
