/** Keys, addresses and events of ours that no recogniser has dealt with: listed, so that nothing is missed silently. */
import { LEGACY_EVENTS, endpointKind, keyKind } from '@worker-token/legacy-signals';
import { findAll, isInside, type Node } from '../ast/node.js';
import { isReference } from '../ast/references.js';
import { isCall, isMember, propertyName } from '../ast/shapes.js';
import { addSite, leave, type PlanContext } from './context.js';
import { definitionOf, isCommonJsExport } from './key-definitions.js';
import { reasonToLeave } from './file-role.js';
import type { TokenRequest } from './find-requests.js';
import type { Module } from './module.js';
import { dropUnheardNews } from './old-news.js';
import { sentenceOf, suggestionOf, type Reason } from './reasons.js';
import type { StorageOperation } from './storage-operations.js';

export interface LeftoverInput {
  operations: StorageOperation[];
  requests: TokenRequest[];
  hasEvidence(module: Module): boolean;
}

/** @returns The keys that places go on using. */
export function planLeftovers(context: PlanContext, input: LeftoverInput): Set<string> {
  const all = context.project.modules.flatMap((module) => valueUses(context, module, input));
  const isOurs = (module: Module) => input.hasEvidence(module) && !reasonToLeave(context.project, module);
  const events = all.filter(({ what }) => what === 'event');
  const dropped = dropUnheardNews(context, events, isOurs);
  const uses = all.filter(({ node }) => !dropped.has(node));
  for (const use of uses) report(context, input, use);
  return new Set([...uses.map((use) => use.text), ...leftKeys(context)]);
}

export interface ValueUse {
  module: Module;
  node: Node;
  text: string;
  what: 'key' | 'endpoint' | 'event';
}

const leftKeys = (context: PlanContext): string[] =>
  context.sites.filter((site) => site.status !== 'migrated').flatMap((site) => site.keys);

/** Every expression whose value is one of our names, outside of what was dealt with and of definitions. */
function valueUses(context: PlanContext, module: Module, input: LeftoverInput): ValueUse[] {
  const nodes = findAll(module.program, isCandidate);
  return nodes.flatMap((node) => {
    if (isName(module, node) || isDependency(node) || isDealtWith(context, module, node, input) || definitionOf(node))
      return [];
    const text =
      context.constants.text(module, node) ??
      (node.type === 'TemplateLiteral' ? context.constants.pattern(module, node) : null);
    const what = text === null ? null : kindOf(context, text);
    return what && text !== null ? [{ module, node, text, what }] : [];
  });
}

function isCandidate(node: Node): boolean {
  if (node.type === 'StringLiteral') return !/^(Import|Export)/.test(node.parent?.type ?? '') && !isPropertyKey(node);
  if (node.type === 'TemplateLiteral') return node.parent?.type !== 'TaggedTemplateExpression';
  if (node.type === 'Identifier')
    return (
      isReference(node) &&
      !/^TS|^Export/.test(node.parent?.type ?? '') &&
      !isMemberObject(node) &&
      !isCommonJsExport(node)
    );
  return isMember(node) && !isMemberObject(node);
}

/** One of a hook's dependencies: `useEffect(…, [key])`. */
function isDependency(node: Node): boolean {
  const list = node.parent;
  const call = list?.type === 'ArrayExpression' ? list.parent : null;
  return call?.type === 'CallExpression' && call['arguments'].length > 1 && call['arguments'].at(-1) === list;
}

/** The identifier introduces a name; it is no mention of it. */
const isName = (module: Module, node: Node) => module.scopes.bindingOf(node)?.id === node;
const isMemberObject = (node: Node) => node.parent !== null && isMember(node.parent) && node.parent['object'] === node;
const isPropertyKey = (node: Node) =>
  /Property|Method|EnumMember/.test(node.parent?.type ?? '') &&
  (node.parent?.['key'] === node || node.parent?.['id'] === node);

export function kindOf(context: PlanContext, text: string): ValueUse['what'] | null {
  if (keyKind(text, context.signals)) return 'key';
  if (LEGACY_EVENTS.includes(text)) return 'event';
  return !/\s/.test(text) && endpointKind(text, context.signals) ? 'endpoint' : null;
}

/** Inside a storage call, a request, or code that a recogniser covered or took away. */
export function isDealtWith(context: PlanContext, module: Module, node: Node, input: LeftoverInput): boolean {
  const { edits } = context;
  if (edits.isRemoved(module, node) || edits.isCovered(module, node) || isInSetup(module, node)) return true;
  const isIn = (part: Node) => isInside(node, part) || (part.start <= node.start && node.end <= part.end);
  const inOperation = input.operations.some(
    (o) => o.module === module && (isInKey(o, node) || (o.loop !== undefined && isIn(o.loop.array))),
  );
  return inOperation || input.requests.some((r) => r.module === module && isIn(r.node));
}

/** The manager's own options name the old keys and addresses: that is how it takes them over. */
function isInSetup(module: Module, node: Node): boolean {
  if (!module.specifiers.some((from) => from.startsWith('@worker-token/'))) return false;
  for (let at = node.parent; at; at = at.parent) {
    const callee = isCall(at) ? (at['callee'] as Node) : null;
    if (callee?.type === 'Identifier' && /^(configure|create)WorkerTokenManager$/.test(String(callee['name'])))
      return true;
  }
  return false;
}

/** The key part of a storage call; what is written may hold another use. */
function isInKey(operation: StorageOperation, node: Node): boolean {
  const isIn = operation.node.start <= node.start && node.end <= operation.node.end;
  const isValue = operation.value && operation.value.start <= node.start && node.end <= operation.value.end;
  return isIn && !isValue;
}

export function report(context: PlanContext, input: LeftoverInput, { module, node, text, what }: ValueUse): void {
  const isSure = what === 'key' && keyKind(text, context.signals) === 'credentials';
  const role = reasonToLeave(context.project, module);
  if (!isSure && !input.hasEvidence(module)) return skip(context, module, node, text, 'no-evidence');
  if (role && role !== 'script-without-modules' && role !== 'served-as-is')
    return skip(context, module, node, text, role);
  if (context.parameters.constantArguments.has(node)) return skip(context, module, node, text, 'dead-key');
  if (what === 'event') return skip(context, module, node, text, 'legacy-event');
  if (what === 'endpoint') return leave(context, module, node, 'endpoint', 'endpoint-as-value', { holds: null });
  const reason: Reason = keyKind(text, context.signals) === 'related' ? 'page-key' : 'key-as-value';
  leave(context, module, node, 'key', reason, {
    keys: [text],
    holds: keyKind(text, context.signals),
    ...(mayStore(node) ? { access: 'both' } : {}),
  });
}

/** The receiver may store under the key: its name does not say that it only looks or removes. */
function mayStore(node: Node): boolean {
  const call = node.parent;
  if (!call || !isCall(call) || !(call['arguments'] as Node[]).includes(node)) return false;
  const callee: Node = call['callee'];
  const name = isMember(callee) ? propertyName(callee) : String(callee['name'] ?? '');
  return !/^(get|read|load|peek|has|is|remove|clear|delete|drop|watch|on|off|log|warn|info|debug|error|track|includes|startsWith)/i.test(
    name ?? '',
  );
}

export function skip(context: PlanContext, module: Module, node: Node, text: string, reason: Reason): void {
  const site = addSite(context, module, node, 'name', { status: 'skipped', keys: [text] });
  site.reason = sentenceOf(reason);
  site.suggestion = suggestionOf(reason);
}
