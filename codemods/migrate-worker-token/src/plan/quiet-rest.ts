/** Does code behind a check do nothing but get the token? Then a cached token spares nothing. */
import { findAll, isInside, type Node } from '../ast/node.js';
import { isCall, isFunction, isMember, propertyName, unwrap } from '../ast/shapes.js';
import { isPure } from '../rewrite/purity.js';
import type { MigratedRequest, PlanContext } from './context.js';
import { isReaderCall } from './credential-origin.js';
import { isUnheardNews } from './old-news.js';
import { tokenUses } from './request-edits.js';
import type { StorageOperation } from './storage-operations.js';
import { alwaysThrows } from './surroundings.js';
import { isJsonCall } from './value-usage.js';

/** A migrated request, and the storage calls of the project. */
interface Request extends MigratedRequest {
  operations: StorageOperation[];
}

/** What follows does nothing that a cached token used to spare: guards, the request, news for nobody, and the token. */
export function endsInToken(context: PlanContext, request: Request, rest: Node[]): boolean {
  const { usage } = request.rewritten;
  const last = rest.filter((statement) => !usage.gone.has(statement) || isInside(request.node, statement)).at(-1);
  if (last?.type !== 'ReturnStatement' || !last['argument'] || !isTokenOf(request, last['argument'])) return false;
  return (
    rest.every((statement) => statement === last || isHarmless(context, request, statement)) &&
    chainIsQuiet(context, request)
  );
}

function isTokenOf({ rewritten: { usage, chain } }: Request, raw: Node): boolean {
  let node = unwrap(raw);
  if (node.type === 'AwaitExpression') node = unwrap(node['argument']);
  if (tokenUses(usage).includes(node)) return true;
  while (chain && node !== chain && isCall(node) && isMember(node['callee'])) {
    if (!/^(catch|finally)$/.test(propertyName(node['callee']) ?? '')) return false;
    node = unwrap(node['callee']['object']);
  }
  return chain !== null && node === chain;
}

function isHarmless(context: PlanContext, request: Request, statement: Node): boolean {
  const { module, rewritten } = request;
  if (rewritten.usage.gone.has(statement) || /^TS|^EmptyStatement$/.test(statement.type)) return true;
  if (statement.type === 'VariableDeclaration')
    return (statement['declarations'] as Node[]).every((d) => !d['init'] || isQuietValue(context, request, d['init']));
  if (statement.type === 'IfStatement') return !statement['alternate'] && alwaysThrows(statement['consequent']);
  return statement.type === 'ExpressionStatement' && isUnheardNews(context, module, statement['expression']);
}

/** Reads of the store, and values made of them. */
function isQuietValue(context: PlanContext, request: Request, init: Node): boolean {
  const { module, operations } = request;
  const isRead = (call: Node) => operations.some((o) => o.kind === 'get' && o.node === call);
  const actions = findAll(init, (node) => isCall(node) || /^(New|Assignment|Update)Expression$/.test(node.type));
  return actions.every(
    (action) =>
      isRead(action) ||
      isPure(action) ||
      isJsonCall(action, 'parse') ||
      isReaderCall(context, module, action, operations),
  );
}

/** The callbacks of a chain, the same way. */
function chainIsQuiet(context: PlanContext, request: Request): boolean {
  const { chain, usage } = request.rewritten;
  const callback: Node | undefined = chain?.['arguments'][0];
  if (!callback || !isFunction(callback) || callback['body'].type !== 'BlockStatement') return true;
  return (callback['body']['body'] as Node[]).every(
    (statement) =>
      statement.type === 'ReturnStatement' || usage.gone.has(statement) || isHarmless(context, request, statement),
  );
}
