/** News of the old protocol, `window.dispatchEvent(new CustomEvent('workerTokenUpdated'))`, and whether anybody hears it. */
import { relative } from 'node:path';
import { LEGACY_EVENTS } from '@worker-token/legacy-signals';
import { findAll, isInside, type Node } from '../ast/node.js';
import { isCall, isMember, propertyName, unwrap } from '../ast/shapes.js';
import { isPure } from '../rewrite/purity.js';
import { packageFolder } from '../setup-module/place-setup.js';
import { addSite, componentOf, type PlanContext } from './context.js';
import { definitionOf } from './key-definitions.js';
import type { Module } from './module.js';
import { lineSpan } from './text-edits.js';

/** A place that names an event. */
export interface EventUse {
  module: Module;
  node: Node;
  text: string;
}

/** The event that a call sends; null if it sends none of ours. */
function newsOf(context: PlanContext, module: Module, raw: Node): string | null {
  const call = unwrap(raw);
  const event: Node | undefined = isCall(call) ? call['arguments'][0] : undefined;
  if (
    event?.type !== 'NewExpression' ||
    !/^((window|globalThis|self)\.)?dispatchEvent$/.test(module.text.slice(call['callee'].start, call['callee'].end))
  )
    return null;
  const name: Node | undefined = event['arguments'][0];
  const text = name ? context.constants.text(module, name) : null;
  return text !== null && LEGACY_EVENTS.includes(text) ? text : null;
}

/** It sends news, and no listener for it is left. */
export function isUnheardNews(context: PlanContext, module: Module, raw: Node): boolean {
  const event = newsOf(context, module, raw);
  return event !== null && listenersOf(context, event).every((call) => isSubscription(context, call));
}

/**
 * News that every listener hears from the manager now is sent to nobody. It goes where the run sees the whole package: a listener
 * elsewhere, or a name that is handed on, keeps it.
 * @returns The uses that are dealt with.
 */
export function dropUnheardNews(
  context: PlanContext,
  uses: readonly EventUse[],
  isOurs: (module: Module) => boolean,
): Set<Node> {
  const isOver = new Map(
    [...new Set(uses.map(({ text }) => text))].map((event) => [event, isForNobody(context, event, uses)]),
  );
  const dropped = uses.filter(({ module, text }) => isOver.get(text) && isOurs(module) && seesPackage(context, module));
  return new Set(dropped.filter((use) => drop(context, use)).map(({ node }) => node));
}

function drop(context: PlanContext, { module, node }: EventUse): boolean {
  const call = sendingCall(context, { module, node });
  const statement = call?.parent;
  const isAmongOthers = /^(BlockStatement|SwitchCase)$/.test(statement?.parent?.type ?? '');
  if (!call || statement?.type !== 'ExpressionStatement' || !isAmongOthers) return false;
  if (!(call['arguments'][0]['arguments'] as Node[]).every(isPure)) return false;
  const span = lineSpan(module, statement);
  addSite(context, module, call, 'name');
  context.edits.remove(module, span.start, span.end, componentOf(module, call));
  straightenChain(context, module, statement);
  return true;
}

function sendingCall(context: PlanContext, { module, node }: Pick<EventUse, 'module' | 'node'>): Node | null {
  const call = node.parent?.type === 'NewExpression' ? node.parent.parent : null;
  return call && newsOf(context, module, call) !== null ? call : null;
}

/** It had listeners, all of them are subscriptions, and nothing else names it but those who send it. */
function isForNobody(context: PlanContext, event: string, uses: readonly EventUse[]): boolean {
  const listeners = listenersOf(context, event);
  const others = uses.filter((use) => use.text === event && !sendingCall(context, use));
  return (
    context.project.isReadWhole &&
    listeners.length > 0 &&
    listeners.every((call) => isSubscription(context, call)) &&
    others.length === 0 &&
    !context.project.modules.some((module) => isListed(context, module, event))
  );
}

function listenersOf(context: PlanContext, event: string): Node[] {
  return context.project.modules.flatMap((module) =>
    findAll(module.program, isCall).filter((call) => {
      const callee = unwrap(call['callee']);
      const name: unknown = isMember(callee) ? propertyName(callee) : callee['name'];
      const [type] = call['arguments'] as Node[];
      return name === 'addEventListener' && type && context.constants.text(module, type) === event;
    }),
  );
}

const isSubscription = ({ sites, takenBack }: PlanContext, call: Node): boolean =>
  sites.some((site) => site.node === call && site.status === 'migrated' && !takenBack.has(site.component));

/** `EVENTS = ['workerTokenUpdated']`: who goes through the list may listen. */
function isListed(context: PlanContext, module: Module, event: string): boolean {
  return findAll(module.program, (node) => node.type === 'StringLiteral' && node['value'] === event).some((literal) => {
    const definition = definitionOf(literal);
    return definition !== null && !(definition.type === 'VariableDeclarator' && literal.parent === definition);
  });
}

/** A listener in a file that was not asked about cannot be seen. */
function seesPackage({ options }: PlanContext, module: Module): boolean {
  const folder = packageFolder(module.path, options.root);
  return options.paths.some((path) => !relative(path, folder).startsWith('..'));
}

/** `.then((token) => { return token })`, where the news was all that the callback did besides, goes with it. */
function straightenChain({ edits, requests }: PlanContext, module: Module, statement: Node): void {
  const block = statement.parent as Node;
  const request = requests.find(({ rewritten: { plain } }) => plain?.['arguments'][0]?.body === block);
  if (!request?.rewritten.plain) return;
  const { plain, usage } = request.rewritten;
  const left = (block['body'] as Node[]).filter((at) => !usage.gone.has(at) && !edits.isGone(module, at));
  if (left.length !== 1 || left[0]?.type !== 'ReturnStatement') return;
  if (isInside(request.node, plain)) edits.remove(module, plain['callee']['object'].end, plain.end, request.component);
}
