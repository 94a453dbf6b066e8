/** Do the credentials of a request come from the saved ones? A form's, or a caller's, may be others. */
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { enclosingFunction, isCall, isFunction, isIdentifier, isMember, propertyName, unwrap } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import { mentionsOf } from './mentions.js';
import type { Module } from './module.js';
import { isReactCall } from './react-calls.js';
import type { StorageOperation } from './storage-operations.js';

const FIELD = /^(environmentId|clientId|clientSecret|environment_id|client_id|client_secret|envId|secret)$/;

/** Every name that a field of credentials is read from leads to a read of the saved record, or was saved right before. */
export function comesFromStore(
  context: PlanContext,
  request: { module: Module; node: Node },
  operations: StorageOperation[],
): boolean {
  const { module, node } = request;
  const roots = credentialRoots(module, node);
  if (roots.length === 0) return false;
  return roots.every(
    (root) => isStored(context, module, root, operations) || isSavedBefore(module, root, node, operations),
  );
}

/** The names that credentials are taken from in the request and in the constants that it is made of. */
export function credentialRoots(module: Module, request: Node): Binding[] {
  const roots = new Set<Binding>();
  const seen = new Set<Binding>();
  const visit = (node: Node): void => {
    for (const id of findAll(node, (at) => at.type === 'Identifier')) {
      const binding = module.scopes.bindingOf(id);
      if (!binding) continue;
      const parent = id.parent;
      const isField = parent && isMember(parent) && parent['object'] === id && FIELD.test(propertyName(parent) ?? '');
      const isOwn = FIELD.test(binding.name) && binding.id !== id;
      if (isField || isOwn) roots.add(binding);
      else if (!seen.has(binding)) {
        seen.add(binding);
        const init: Node | undefined =
          binding.declaration.type === 'VariableDeclarator' ? binding.declaration['init'] : undefined;
        const isNear = init && enclosingFunction(binding.id) === enclosingFunction(request);
        if (isNear && !isInside(request, binding.declaration)) visit(init);
        for (const reference of isNear ? binding.references : []) visitAssignment(reference, visit);
      }
    }
  };
  visit(request);
  return [...roots];
}

/** `body.append('client_id', worker.clientId)` */
function visitAssignment(reference: Node, visit: (node: Node) => void): void {
  const call = reference.parent?.parent;
  if (!call || !reference.parent || !isMember(reference.parent)) return;
  if (isCall(call) && call['callee'] === reference.parent)
    for (const argument of call['arguments'] as Node[]) visit(argument);
  if (call.type === 'AssignmentExpression' && call['left'] === reference.parent) visit(call['right']);
}

function isStored(
  context: PlanContext,
  module: Module,
  binding: Binding,
  operations: StorageOperation[],
  depth = 0,
): boolean {
  const target = context.project.follow(module, binding);
  if (target?.binding?.kind === 'param')
    return isAlwaysStored(context, target.module, target.binding, operations, depth);
  const declaration = target?.binding?.declaration;
  if (!target || declaration?.type !== 'VariableDeclarator' || !declaration['init'] || depth > 5) return false;
  const init: Node = declaration['init'];
  const setter = setterOf(target.module, target.binding as Binding);
  if (setter) return isKeptAtStored(context, target.module, setter, operations, depth);
  if (readsStore(target.module, init, operations)) return true;
  const calls = findAll(init, isCall);
  if (calls.some((call) => callsReader(context, target.module, call, operations))) return true;
  const names = findAll(init, (at) => at.type === 'Identifier' && isValue(at));
  return names.some((id) => {
    const next = target.module.scopes.bindingOf(id);
    return next !== undefined && next !== binding && isStored(context, target.module, next, operations, depth + 1);
  });
}

/** Everything that the state is set to was read from the store, or is saved by the function that sets it. */
function isKeptAtStored(
  context: PlanContext,
  module: Module,
  setter: Binding,
  operations: StorageOperation[],
  depth: number,
): boolean {
  const isStoredValue = (raw: Node): boolean => {
    const value = unwrap(raw);
    if (value.type === 'NullLiteral' || isIdentifier(value, 'undefined')) return true;
    if (readsStore(module, value, operations)) return true;
    if (findAll(value, isCall).some((call) => callsReader(context, module, call, operations))) return true;
    const names = findAll(value, (at) => at.type === 'Identifier' && isValue(at)).flatMap(
      (id) => module.scopes.bindingOf(id) ?? [],
    );
    if (names.length === 0) return false;
    return names.every(
      (name) =>
        isSavedBeside(module, name, value, operations) || isStored(context, module, name, operations, depth + 1),
    );
  };
  const initial: Node | undefined = setter.declaration['init']['arguments'][0];
  const calls = setter.references.filter(({ parent }) => parent?.type !== 'ArrayExpression');
  return [initial, ...calls.map((reference) => argumentOf(reference))].every(
    (value) => value === undefined || (value !== null && isStoredValue(value)),
  );
}

/** What the setter is called with; undefined: with nothing, null: it is not called. */
function argumentOf(reference: Node): Node | null | undefined {
  const call = reference.parent;
  if (!call || !isCall(call) || call['callee'] !== reference) return null;
  return call['arguments'][0];
}

/** `[value, setValue] = useState(…)`: the setter of the value. */
function setterOf(module: Module, value: Binding): Binding | null {
  const { declaration } = value;
  const [first, second] = declaration['id'].type === 'ArrayPattern' ? (declaration['id']['elements'] as Node[]) : [];
  const isState =
    first === value.id && second?.type === 'Identifier' && isReactCall(module, declaration['init'], ['useState']);
  return isState ? (module.scopes.bindingOf(second) ?? null) : null;
}

/** A parameter: every caller passes the saved credentials. */
function isAlwaysStored(
  context: PlanContext,
  module: Module,
  param: Binding,
  operations: StorageOperation[],
  depth: number,
): boolean {
  const fn = closest(param.id, isFunction);
  const id: Node | null = fn?.type === 'FunctionDeclaration' ? fn['id'] : (fn?.parent?.['id'] ?? null);
  const binding = id?.type === 'Identifier' ? module.scopes.bindingOf(id) : undefined;
  const index = (fn?.['params'] as Node[] | undefined)?.findIndex((p) => isInside(param.id, p)) ?? -1;
  if (!binding || index < 0 || depth > 3) return false;
  const calls = mentionsOf(context.project, module, binding).filter(
    ({ node }) => !/^(Export|Import|TS)/.test(node.parent?.type ?? ''),
  );
  return (
    calls.length > 0 &&
    calls.every(({ module: at, node }) => {
      const call = node.parent as Node;
      const argument: Node | undefined = isCall(call) && call['callee'] === node ? call['arguments'][index] : undefined;
      if (!argument) return false;
      if (readsStore(at, argument, operations)) return true;
      if (findAll(argument, isCall).some((inner) => callsReader(context, at, inner, operations))) return true;
      const value = unwrap(argument);
      const source = value.type === 'Identifier' ? at.scopes.bindingOf(value) : undefined;
      return source !== undefined && isStored(context, at, source, operations, depth + 1);
    })
  );
}

const isValue = (id: Node): boolean =>
  !(id.parent && isMember(id.parent) && id.parent['property'] === id && !id.parent['computed']);

const readsStore = (module: Module, node: Node, operations: StorageOperation[]): boolean =>
  operations.some((o) => o.module === module && o.kind === 'get' && isCredentials(o) && isInside(o.node, node));

const isCredentials = (operation: StorageOperation) =>
  operation.holds === 'credentials' || operation.holds === 'secret';

/** The value is nothing but a call of such a function. */
export function isReaderCall(context: PlanContext, module: Module, raw: Node, operations: StorageOperation[]): boolean {
  const node = unwrap(raw);
  const call = node.type === 'AwaitExpression' ? unwrap(node['argument']) : node;
  return isCall(call) && call['arguments'].length === 0 && callsReader(context, module, call, operations);
}

/** `loadWorker()`, `session.load()`: a function of the project that reads the saved record. */
function callsReader(context: PlanContext, module: Module, call: Node, operations: StorageOperation[]): boolean {
  const callee = unwrap(call['callee']);
  const name = isMember(callee) ? propertyName(callee) : null;
  const id = callee.type === 'Identifier' ? callee : isMember(callee) ? unwrap(callee['object']) : null;
  const binding = id?.type === 'Identifier' ? module.scopes.bindingOf(id) : undefined;
  const target = binding && context.project.follow(module, binding);
  if (!target) return false;
  return operations.some((operation) => {
    if (operation.module !== target.module || operation.kind !== 'get' || !isCredentials(operation)) return false;
    const fn = enclosingFunction(operation.node);
    if (!fn || !isFunction(fn)) return false;
    if (name !== null) return fn['key']?.name === name || fn.parent?.['key']?.name === name;
    return target.binding?.declaration === fn || target.binding?.declaration === fn.parent || target.expression === fn;
  });
}

/** The same object was saved earlier in the same function. */
function isSavedBefore(module: Module, root: Binding, request: Node, operations: StorageOperation[]): boolean {
  return isSavedBeside(
    module,
    root,
    request,
    operations.filter((operation) => operation.node.start <= request.start),
  );
}

/** The same function saves the object. */
function isSavedBeside(module: Module, root: Binding, place: Node, operations: StorageOperation[]): boolean {
  return operations.some((o) => {
    if (o.module !== module || o.kind !== 'set' || o.holds !== 'credentials') return false;
    if (enclosingFunction(o.node) !== enclosingFunction(place) || !o.value) return false;
    return findAll(o.value, (at) => at.type === 'Identifier' && module.scopes.bindingOf(at) === root).length > 0;
  });
}
