/** What stands for the token after a request was rewritten, in the code as it was. */
import type { Node } from '../ast/node.js';
import type { ResponseUsage } from './response-usage.js';

export interface Rewritten {
  usage: ResponseUsage;
  /** The chain that gives the token; null where the request is awaited. */
  chain: Node | null;
  /** The `.then(…)` of that chain, where its callback has no more to do than what its statements say. */
  plain?: Node;
}
