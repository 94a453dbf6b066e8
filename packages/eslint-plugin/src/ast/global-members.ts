// What a file gives to members of things that it does not declare: `exports.save = …`, `App.storage = …`, `window.App.keys = …`.
// Collected once for a file, through the references of such names alone.
import type { Scope } from 'eslint';
import type { Node } from 'estree';
import { parentOf, type Module } from './module.js';
import { keyOf } from './property.js';
import { unwrap } from './unwrap.js';

const known = new WeakMap<Module, Map<string, Node[]>>();

/** The one value that the file gives to a member of a global; null where it gives none or several. */
export function globalMember(member: Node, module: Module): Node | null {
  const path = pathOf(member);
  return path === null ? null : givenTo(path, module);
}

/** The same by its path: `module.exports`. */
export function givenTo(path: string, module: Module): Node | null {
  const [value, other] = givenIn(module).get(path) ?? [];
  return value && !other ? value : null;
}

/** `window.App.storage` → `App.storage`; null where a part is computed or the beginning is no name. */
function pathOf(node: Node): string | null {
  const expression = unwrap(node);
  if (expression.type === 'Identifier') return expression.name;
  if (expression.type !== 'MemberExpression') return null;
  const object = pathOf(expression.object);
  const key = keyOf({ key: expression.property, computed: expression.computed });
  return object === null || key === null ? null : /^(window|globalThis|self)$/.test(object) ? key : `${object}.${key}`;
}

function givenIn(module: Module): Map<string, Node[]> {
  let given = known.get(module);
  if (!given) known.set(module, (given = collect(module)));
  return given;
}

const isUndeclared = ({ resolved }: Scope.Reference) => !resolved || resolved.defs.length === 0;

function collect({ scopes }: Module): Map<string, Node[]> {
  const given = new Map<string, Node[]>();
  for (const { identifier } of scopes.scopes.flatMap(({ references }) => references.filter(isUndeclared))) {
    let target: Node = identifier as Node;
    for (let around = parentOf(target); around?.type === 'MemberExpression'; around = parentOf(target)) target = around;
    const assignment = parentOf(target);
    if (assignment?.type !== 'AssignmentExpression' || assignment.left !== target || target === identifier) continue;
    const path = pathOf(target);
    if (path !== null && !isGuard(assignment.right, path))
      given.set(path, [...(given.get(path) ?? []), assignment.right]);
  }
  return given;
}

/** `window.App = window.App || {}`. */
const isGuard = (value: Node, path: string) => value.type === 'LogicalExpression' && pathOf(value.left) === path;
