// Whether an expression holds a token or credentials: by its name, by the object that it makes, by what it was made from. A length,
// a flag, a digest, an encrypted blob or a masked preview of a secret holds none.
import type { Scope } from 'eslint';
import type { CallExpression, Identifier, MemberExpression, Node, ObjectExpression } from 'estree';
import { addedTo, valuesOf, variableOf } from '../ast/binding.js';
import { calleeName } from '../ast/callee-name.js';
import { typeNameOf } from '../ast/class-member.js';
import { fedInto } from '../ast/fed.js';
import { calledFunction, returnsOf } from '../ast/functions.js';
import { parentOf, type Module } from '../ast/module.js';
import { keyOf, memberOf, propertyName, resolve } from '../ast/resolve.js';
import { unwrap } from '../ast/unwrap.js';
import { isWorthReading } from '../ast/worth-reading.js';
import { filledIn, isCleaned, memberAround, memberTaken, secretTakenOf } from './filled-in.js';
import { isHarmless } from './harmless-value.js';
import { isGivenAway, ofForm, ofInstance, ofItems, ofReplaced, type Judge } from './made-value.js';
import { namesAnotherTrade, sensitiveName, strongest, type NameVerdict } from './sensitive-name.js';

const jwt = /^(Bearer\s+)?eyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]*$/;
const passesOn =
  /^(stringify|btoa|atob|String|encodeURIComponent|encodeURI|escape|toString|trim|concat|assign|structuredClone|toJSON|serialize|from|of|entries|fromEntries|join|cloneDeep|clone|pack|encode|as|freeze|URLSearchParams|Blob|Response|Map|Set|Promise|serializeJSON|superjson|resolve|set|replace)$/;
const asks =
  /^(get|fetch|load|request|obtain|acquire|read|issue|mint|exchange|retrieve|refresh|create|generate|use|select|find)(?=[A-Z_])/;
const ofList = /^(map|flatMap|filter|slice|sort|toSorted|reverse|flat)$/;
const deepest = 8;
const deepestCall = 5;

export function sensitiveValue(node: Node, module: Module, depth = 0): NameVerdict | null {
  if (depth > deepest) return null;
  const expression = unwrap(node);
  const below = (child: Node) => sensitiveValue(child, module, depth + 1);
  const either = (children: (Node | null | undefined)[]) =>
    strongest(children.map((child) => (child ? below(child) : null)));
  if (isHarmless(expression, module)) return null;
  switch (expression.type as string) {
    case 'Literal': {
      const { value } = expression as { value?: unknown };
      return typeof value === 'string' && jwt.test(value) ? { kind: 'token', sure: true } : null;
    }
    case 'Identifier':
      return ofName(expression as Identifier, module, depth);
    case 'MemberExpression':
      return ofMember(expression as MemberExpression, module, depth);
    case 'ObjectExpression':
      return ofObject(expression as ObjectExpression, module, depth);
    case 'CallExpression':
    case 'NewExpression':
      return ofCall(expression as CallExpression, module, depth);
    case 'TemplateLiteral':
      return either((expression as unknown as { expressions: Node[] }).expressions);
    case 'ArrayExpression':
      return either((expression as unknown as { elements: Node[] }).elements);
    case 'LogicalExpression':
    case 'BinaryExpression': {
      const { left, right, operator } = expression as unknown as { left: Node; right: Node; operator: string };
      if (operator === '&&') return below(right);
      return ['||', '??', '+'].includes(operator) ? either([left, right]) : null;
    }
    case 'ConditionalExpression': {
      const { consequent, alternate } = expression as unknown as { consequent: Node; alternate: Node };
      return either([consequent, alternate]);
    }
    case 'AwaitExpression':
    case 'SpreadElement':
      return below((expression as unknown as { argument: Node }).argument);
    case 'AssignmentExpression':
      return below((expression as unknown as { right: Node }).right);
    default:
      return null;
  }
}

function ofName(identifier: Identifier, module: Module, depth: number): NameVerdict | null {
  const variable = variableOf(identifier, module);
  const definition = variable?.defs[0];
  const around = definition && parentOf(definition.name);
  if (around?.type === 'RestElement') return null;
  const given = variable ? [...valuesOf(variable), ...addedTo(variable)] : [];
  if (variable && given.length > 0) {
    const verdict = ofGiven(variable, given, module, depth);
    if (verdict !== undefined) return verdict;
  }
  const fed = strongest(fedInto(identifier, module).map((source) => sensitiveValue(source, module, depth + 2)));
  if (fed?.sure) return fed;
  const renamed = around?.type === 'Property' && around.value === definition?.name ? keyOf(around) : null;
  const typed = definition?.name ? typeNameOf(definition.name) : null;
  const verdicts = [identifier.name, renamed, typed].map((name) => (name === null ? null : sensitiveName(name)));
  return strongest([...verdicts, fed]) ?? (variable && memberTaken(variable));
}

/** Of all that a variable is given; undefined where that says nothing and the name has to. */
function ofGiven(
  variable: Scope.Variable,
  given: Node[],
  module: Module,
  depth: number,
): NameVerdict | null | undefined {
  if (isCleaned(variable) || given.every((value) => isHarmless(value, module))) return null;
  const made = given.map((value) => resolve(value, module));
  if (made.some(({ node }) => /^(Object|Array|New)Expression$/.test(node.type))) {
    const inside = made.map(({ node, module: home }) => sensitiveValue(node, home, depth + 1));
    const found = strongest([
      ...inside,
      filledIn(variable, module, (value) => sensitiveValue(value, module, depth + 1)),
    ]);
    return made.every(({ node }) => node.type === 'ObjectExpression') ? found : (found ?? undefined);
  }
  const [only, other] = given;
  if (only && !other && isGivenAway(only, module)) return null;
  const verdict = strongest(given.map((value) => sensitiveValue(value, module, depth + 1)));
  if (verdict) return verdict;
  const isOthers = only?.type === 'MemberExpression' && !other && namesAnotherTrade(textOf(only, module));
  return isOthers ? null : undefined;
}

const textOf = ({ range }: Node, { text }: Module) => text.slice(...(range ?? [0, 0]));

function ofMember(member: MemberExpression, module: Module, depth: number): NameVerdict | null {
  const name = propertyName(member, module);
  if (name === null || name === 'length' || name === 'size') return null;
  const isNear = isWorthReading(member.object, module);
  const found = isNear ? memberOf(resolve(member.object, module), name, 0) : null;
  if (found && /^(Literal|ObjectExpression|UnaryExpression)$/.test(found.node.type))
    return sensitiveValue(found.node, found.module, depth + 1) ?? null;
  const verdict = sensitiveName(name);
  if (!verdict) return takenOut(member, name, module);
  if (verdict.sure) return verdict;
  const object = unwrap(member.object);
  const owner =
    object.type === 'Identifier'
      ? object.name
      : object.type === 'MemberExpression'
        ? (propertyName(object, module) ?? '')
        : '';
  return namesAnotherTrade(owner) ? null : verdict;
}

/** `response.data`, of which something in the file takes `response.data.accessToken`. */
function takenOut({ object }: MemberExpression, name: string, module: Module): NameVerdict | null {
  const variable = object.type === 'Identifier' ? variableOf(object, module) : null;
  const members = variable?.references.map(({ identifier }) => memberAround(identifier as Node)) ?? [];
  return secretTakenOf(
    members.filter((member): member is MemberExpression => member !== null && propertyName(member, module) === name),
  );
}

function ofObject(object: ObjectExpression, module: Module, depth: number): NameVerdict | null {
  let found: NameVerdict | null = null;
  for (const entry of object.properties) {
    if (entry.type === 'SpreadElement') {
      found = strongest([found, sensitiveValue(entry.argument, module, depth + 1)]);
      continue;
    }
    const name = keyOf(entry);
    const verdict = name === null ? null : sensitiveName(name);
    const value = entry.value as Node;
    if (!verdict) {
      found = strongest([found, /Function/.test(value.type) ? null : sensitiveValue(value, module, depth + 1)]);
    } else if (isHarmless(value, module)) {
      found = null; // `{ ...credentials, clientSecret: undefined }`
    } else if (!/Function/.test(value.type)) {
      const inner = resolve(value, module);
      const isOpen = inner.node.type === 'ObjectExpression';
      const held = sensitiveValue(inner.node, inner.module, depth + 1);
      found = strongest([found, held, isOpen ? null : verdict]);
    }
  }
  return found;
}

function ofCall(call: CallExpression, module: Module, depth: number): NameVerdict | null {
  const callee = unwrap(call.callee);
  const name = calleeName(callee, module);
  if (name === null) return null;
  const judgeBelow: Judge = (value, home) => (depth > deepestCall ? null : sensitiveValue(value, home, depth + 2));
  if (callee.type === 'MemberExpression' && ofList.test(name)) return ofItems(name, callee, call, module, judgeBelow);
  if (passesOn.test(name)) {
    if (name === 'stringify' && call.arguments[1]) return ofReplaced(call.arguments, module, judgeBelow);
    const isMethod = callee.type === 'MemberExpression' && /^(toString|trim|concat|join|toJSON|replace)$/.test(name);
    const parts = isMethod
      ? [callee.object as Node, ...(name === 'concat' ? (call.arguments as Node[]) : [])]
      : (call.arguments as Node[]);
    return strongest(parts.map((part) => sensitiveValue(part, module, depth + 1)));
  }
  if (asks.test(name)) {
    const verdict = sensitiveName(name.replace(asks, ''));
    if (verdict && call.type === 'CallExpression') return verdict;
  }
  if (name === 'get' && callee.type === 'MemberExpression') return ofForm(callee, call, module);
  if (call.type === 'NewExpression') return ofInstance(callee, module, judgeBelow);
  const called = depth > deepestCall ? null : calledFunction(callee, module);
  return called && strongest(returnsOf(called.node).map((value) => judgeBelow(value, called.module)));
}
