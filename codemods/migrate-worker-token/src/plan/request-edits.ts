/** The edits that every migrated request has in common: statements that go, the token's name, expiries. */
import { isInside, type Node } from '../ast/node.js';
import {
  enclosingFunction,
  isCall,
  isFunction,
  isMember,
  keyName,
  propertyName,
  statementList,
  wrapped,
} from '../ast/shapes.js';
import { componentOf, type PlanContext } from './context.js';
import type { TokenRequest } from './find-requests.js';
import type { ResponseUsage } from './response-usage.js';
import type { Rewritten } from './rewritten-request.js';
import { fit, lineSpan } from './text-edits.js';

export type Outcome = Rewritten | 'response-used-for-more' | 'credentials-from-elsewhere';

/** Each statement that goes declares nothing else, and is a whole statement of a list. */
export function isCompact(usage: ResponseUsage): boolean {
  return [...usage.gone].every((statement) => {
    if (statement.type === 'VariableDeclaration' && statement['declarations'].length !== 1) return false;
    return statement.parent !== null && statementList(statement).includes(statement);
  });
}

export function removeStatements(
  context: PlanContext,
  { module, node }: TokenRequest,
  usage: ResponseUsage,
  except: Node | null,
): void {
  for (const statement of usage.gone) {
    if (statement === except) continue;
    const span = lineSpan(module, statement);
    context.edits.remove(module, span.start, span.end, componentOf(module, node));
  }
}

export function tokenUses(usage: ResponseUsage): Node[] {
  const named = usage.tokenBinding?.references ?? [];
  const all = [...new Set([...usage.tokens, ...named])];
  return all.filter((use) => ![...usage.gone].some((statement) => isInside(use, statement)));
}

/** The code's own name; `token` instead of `access_token` where that is free. */
export function tokenName(module: TokenRequest['module'], usage: ResponseUsage, at: Node): string {
  const own = usage.tokenBinding?.name;
  if (own && own !== 'access_token') return own;
  const fn = enclosingFunction(at) ?? module.program;
  return (
    ['token', own, 'workerToken', 'accessToken'].find(
      (name) => name && (name === own || !module.scopes.isTaken(name, fn)),
    ) ?? 'workerAccessToken'
  );
}

export function renameTokens(
  context: PlanContext,
  { module, node }: TokenRequest,
  usage: ResponseUsage,
  name: string,
): void {
  for (const use of tokenUses(usage)) {
    const isShorthand = use.parent?.type === 'ObjectProperty' && use.parent['shorthand'] === true;
    if (use.type === 'Identifier' && use['name'] === name) continue;
    const property = propertyNamed(use, name);
    if (property) {
      // `token: data.access_token` → `token`
      context.edits.replace(module, property.start, property.end, name, componentOf(module, node));
      context.edits.markRemoved(module, property.start, property.end);
      continue;
    }
    const text = isShorthand ? `${use['name']}: ${name}` : name;
    context.edits.replace(module, use.start, use.end, text, componentOf(module, node));
    context.edits.markRemoved(module, use.start, use.end);
  }
}

/** The property of this name that the use is the whole value of. */
function propertyNamed(use: Node, name: string): Node | null {
  const property = wrapped(use).parent;
  const isIt = property?.type === 'ObjectProperty' && property['value'] === use && !property['shorthand'];
  return isIt && keyName(property) === name ? property : null;
}

export function writeExpiries(context: PlanContext, { module, node }: TokenRequest, usage: ResponseUsage): void {
  for (const expiry of usage.expiries) {
    const text = fit('workerTokenManager.getSnapshot().expiresAt ?? 0', 'nullish', expiry);
    context.edits.replace(module, expiry.start, expiry.end, text, componentOf(module, node));
    context.edits.markRemoved(module, expiry.start, expiry.end);
  }
}

/** The callback of `.then(…)` behind a node, and the call. */
export function thenOf(node: Node): { call: Node; name: string; callback: Node | null } | null {
  const member = wrapped(node).parent;
  const call = member?.parent;
  if (!member || !isMember(member) || !call || !isCall(call) || call['callee'] !== member) return null;
  const name = propertyName(member);
  const [callback] = call['arguments'] as Node[];
  return name ? { call, name, callback: callback && isFunction(callback) ? callback : null } : null;
}
