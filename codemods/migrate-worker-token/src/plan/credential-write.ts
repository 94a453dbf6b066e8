/** A write of credentials: `saveCredentials(…)`, through the adapter unless the value's type already fits. */
import { closest, isInside, type Node } from '../ast/node.js';
import { enclosingFunction, isFunction, unwrap, wrapped } from '../ast/shapes.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import type { Module } from './module.js';
import { timingIn } from './entry-gate.js';
import type { StorageOperation } from './storage-operations.js';
import { callbackOf, isElementHandler } from './surroundings.js';
import { turnAsync } from './turn-async.js';
import { isJsonCall } from './value-usage.js';

const PATTERN = 'save-credentials';
const EFFECTS = new Set(['useEffect', 'useLayoutEffect', 'useInsertionEffect', 'watch', 'watchEffect', 'createEffect']);
/** Fields of the manager's input, and the types that it takes. */
const INPUT: Record<string, readonly string[]> = {
  environmentId: ['string'],
  clientId: ['string'],
  clientSecret: ['string'],
  region: ['string'],
  scopes: ['string', 'string[]'],
};

export function planCredentialWrite(
  context: PlanContext,
  operation: StorageOperation,
  writes: StorageOperation[],
): void {
  const { module, node, keys, holds } = operation;
  const notes = { keys, holds };
  const timing = timingIn(context, module, node);
  if (timing === 'module') return leave(context, module, node, PATTERN, 'evaluated-before-ready', notes);
  if (isAutosave(node)) return leave(context, module, node, PATTERN, 'autosave-on-keystroke', notes);
  const object = operation.value && (operation.isObject ? operation.value : savedObject(module, operation.value));
  if (!object || !isStatementLike(node)) return leave(context, module, node, PATTERN, 'unknown-value', notes);

  const component = componentOf(module, node);
  const isHandled =
    timing === 'sync' && closest(node, (at) => at.type === 'TryStatement' || isFunction(at))?.type === 'TryStatement';
  let prefix = timing === 'async' ? 'await' : 'void';
  if (isHandled && isInTryBlock(node)) {
    const fn = enclosingFunction(node);
    const turn = fn && turnAsync(context, module, fn);
    if (!turn) return leave(context, module, node, PATTERN, 'failure-is-handled', notes);
    turn(component);
    prefix = 'await';
  }
  addSite(context, module, node, PATTERN, notes);
  const secretWrite = writes.find((o) => o.holds === 'secret' && enclosingFunction(o.node) === enclosingFunction(node));
  const value = valueText(context, module, object, secretWrite ?? null);
  const isArrowBody = node.parent?.type === 'ArrowFunctionExpression';
  const call = `workerTokenManager.saveCredentials(${value})`;
  const text = isArrowBody && prefix === 'await' ? call : `${prefix} ${call}`;
  context.edits.replace(module, node.start, node.end, text, component);
}

/** The object inside `JSON.stringify(…)`, possibly through a constant. */
export function savedObject(module: Module, raw: Node): Node | null {
  const value = unwrap(raw);
  if (isJsonCall(value, 'stringify')) return value['arguments'][0] ?? null;
  const binding = value.type === 'Identifier' ? module.scopes.bindingOf(value) : undefined;
  const init: Node | undefined = binding?.kind === 'const' ? binding.declaration['init'] : undefined;
  return init && isJsonCall(unwrap(init), 'stringify') ? (unwrap(init)['arguments'][0] ?? null) : null;
}

/** The value as the manager takes it. */
export function valueText(
  context: PlanContext,
  module: Module,
  object: Node,
  secretWrite: StorageOperation | null,
): string {
  const text = context.edits.render(module, object.start, object.end);
  if (secretWrite?.value) {
    const secret = module.text.slice(secretWrite.value.start, secretWrite.value.end);
    return `toWorkerTokenCredentials(${withSecret(object, text, secret)})`;
  }
  const type = context.types.ofValue(module, object);
  const fields = type && context.types.fields(type);
  const fits = fields && fields.size > 0 && [...fields].every(([name, kind]) => INPUT[name]?.includes(kind));
  return fits ? text : `toWorkerTokenCredentials(${text})`;
}

function withSecret(object: Node, text: string, secret: string): string {
  if (object.type !== 'ObjectExpression') return `{ ...${text}, client_secret: ${secret} }`;
  const [, comma = '', space = ''] = /(,?)(\s*)\}$/.exec(text) ?? [];
  const indent = /\n[ \t]*(?=\S)/.exec(text)?.[0] ?? ' ';
  const body = `${text.slice(0, -1 - space.length - comma.length)},${indent}client_secret: ${secret}${comma}${space}}`;
  return object['properties'].length > 0 ? body : `{ client_secret: ${secret} }`;
}

/** In an effect, a watcher, or a handler of each change. */
export function isAutosave(node: Node): boolean {
  const callback = callbackOf(node);
  if (callback && EFFECTS.has(callback.name)) return true;
  const container = closest(node, (at) => at.type === 'JSXExpressionContainer');
  return (
    container !== null &&
    isElementHandler(container) &&
    /^on(Change|Input|KeyUp|KeyDown)/.test(container.parent?.['name'].name ?? '')
  );
}

export const isStatementLike = (node: Node): boolean => {
  const parent = wrapped(node).parent;
  return (
    parent?.type === 'ExpressionStatement' || (parent?.type === 'ArrowFunctionExpression' && parent['body'] === node)
  );
};

function isInTryBlock(node: Node): boolean {
  const statement = closest(node, (at) => at.type === 'TryStatement');
  return statement !== null && isInside(node, statement['block']);
}
