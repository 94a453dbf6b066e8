// What a file puts into a thing after it was made, or takes out of it: `object.clientSecret = …`, `Object.assign(object, …)`,
// `list.push(…)`, `map.set('clientSecret', …)`, `delete object.clientSecret`, `answer.access_token`.
import type { Scope } from 'eslint';
import type { CallExpression, MemberExpression, Node } from 'estree';
import { membersGiven } from '../ast/binding.js';
import { parentOf, type Module } from '../ast/module.js';
import { isHarmless } from './harmless-value.js';
import { sensitiveName, strongest, type NameVerdict } from './sensitive-name.js';

type Judge = (value: Node) => NameVerdict | null;

export function filledIn(variable: Scope.Variable, module: Module, judge: Judge): NameVerdict | null {
  const members = membersGiven(variable).filter(({ value }) => !isHarmless(value, module));
  const later = nodesOf(variable).map((node) => ofCall(node, module, judge));
  return strongest([...members.map(({ name }) => sensitiveName(name)), ...later]);
}

const nodesOf = ({ references }: Scope.Variable) => references.map(({ identifier }) => identifier as Node);

function ofCall(node: Node, module: Module, judge: Judge): NameVerdict | null {
  const parent = parentOf(node);
  if (parent?.type === 'CallExpression')
    return assigns(parent, node) ? strongest(parent.arguments.slice(1).map(judge)) : null;
  const call = parent && parentOf(parent);
  if (parent?.type !== 'MemberExpression' || call?.type !== 'CallExpression' || call.callee !== parent) return null;
  const name = parent.property.type === 'Identifier' ? parent.property.name : '';
  if (/^(push|unshift|add)$/.test(name)) return strongest((call.arguments as Node[]).map(judge));
  return /^(set|append)$/.test(name) ? ofPair(call, module, judge) : null;
}

/** `Object.assign(object, …)`. */
const assigns = ({ callee, arguments: [target] }: CallExpression, node: Node) =>
  target === node &&
  callee.type === 'MemberExpression' &&
  callee.property.type === 'Identifier' &&
  callee.property.name === 'assign';

function ofPair({ arguments: [key, value] }: CallExpression, module: Module, judge: Judge): NameVerdict | null {
  if (!key || !value || isHarmless(value, module)) return null;
  const named = key.type === 'Literal' && typeof key.value === 'string' ? sensitiveName(key.value) : null;
  return strongest([named, judge(value)]);
}

export const memberAround = (node: Node): MemberExpression | null => {
  const parent = parentOf(node);
  return parent?.type === 'MemberExpression' && parent.object === node ? parent : null;
};

/** `delete object.clientSecret`: from then on it is clean. */
export const isCleaned = (variable: Scope.Variable): boolean => nodesOf(variable).some(isDeleted);

function isDeleted(node: Node): boolean {
  const member = memberAround(node);
  const parent = member && parentOf(member);
  return parent?.type === 'UnaryExpression' && parent.operator === 'delete' && member?.property.type === 'Identifier'
    ? sensitiveName(member.property.name) !== null
    : false;
}

/** Something in the file takes a secret out of the object: `data.access_token`. */
export const memberTaken = (variable: Scope.Variable): NameVerdict | null => secretTakenOf(nodesOf(variable));

export function secretTakenOf(references: Node[]): NameVerdict | null {
  return strongest(
    references.map((reference) => {
      const member = memberAround(reference);
      const name = member && !member.computed && member.property.type === 'Identifier' ? member.property.name : null;
      const verdict = name === null ? null : sensitiveName(name);
      return verdict?.sure && name !== null && !/credentials?$/i.test(name) ? verdict : null;
    }),
  );
}
