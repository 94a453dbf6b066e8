// Recognises what leaves or reloads the page: `location`, history, routers.
import type { Node } from 'estree';
import { isFunction } from './functions.js';
import { childrenOf, type Module } from './module.js';
import { propertyName, resolve } from './resolve.js';
import { unwrap } from './unwrap.js';

const byName = /^(navigate|redirect|reloadPage|push|replace|navigateTo|refreshPage)$/;
const routers = /^(router|history|navigation|nav|navigator|\$router|location|route)$/i;

/** Does the statement leave the page? Functions inside it run later and do not count. */
export function isNavigation(node: Node, module: Module): boolean {
  if (isFunction(node)) return false;
  return leaves(node, module) || childrenOf(node).some((child) => isNavigation(child, module));
}

function leaves(node: Node, module: Module): boolean {
  if (node.type === 'AssignmentExpression') return isLocation(node.left, module, /^(href|pathname|search|location)$/);
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  if (callee.type === 'Identifier')
    return (byName.test(callee.name) && !/^(push|replace)$/.test(callee.name)) || isNavigator(callee, module);
  if (callee.type !== 'MemberExpression') return false;
  const method = propertyName(callee, module) ?? '';
  if (/^(reload|assign|replace)$/.test(method) && lastName(callee.object, module) === 'location') return true;
  if (/^(push|replace|go|back|navigate|reload|forward)$/.test(method))
    return routers.test(lastName(callee.object, module));
  return method === 'close' && lastName(callee.object, module) === 'window';
}

/** `const go = useNavigate()`. */
function isNavigator(callee: Node, module: Module): boolean {
  const { node } = resolve(callee, module);
  return node.type === 'CallExpression' && node.callee.type === 'Identifier'
    ? /^use(Navigate|Navigation|Router|History|Redirect)$/.test(node.callee.name)
    : false;
}

function isLocation(node: Node, module: Module, parts: RegExp): boolean {
  const target = unwrap(node);
  if (target.type === 'Identifier') return target.name === 'location';
  if (target.type !== 'MemberExpression') return false;
  const name = propertyName(target, module) ?? '';
  if (name === 'location') return true;
  return parts.test(name) && lastName(target.object, module) === 'location';
}

function lastName(node: Node, module: Module): string {
  const expression = unwrap(node);
  if (expression.type === 'Identifier') return expression.name;
  return expression.type === 'MemberExpression' ? (propertyName(expression, module) ?? '') : '';
}
