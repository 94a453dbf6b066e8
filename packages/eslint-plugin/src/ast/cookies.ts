// Recognises cookies: `document.cookie`, `cookieStore`, and the libraries that wrap them.
import type { AssignmentExpression, CallExpression, MemberExpression, Node } from 'estree';
import { argumentAt, type Access, type Operation } from './access.js';
import { importOf, isGlobal, valuesOf, variableOf } from './binding.js';
import { speaksOf } from './mentions.js';
import { parentOf, type Module } from './module.js';
import { memberOf, propertyName, resolve } from './resolve.js';
import { hole, possibleStrings } from './strings.js';
import { unwrap } from './unwrap.js';

const objects =
  /^(js-cookie|universal-cookie|es-cookie|tiny-cookie|cookies-js|@types\/js-cookie|js-cookies|vue-cookies|vue3-cookies|ngx-cookie-service(-ssr)?|ngx-cookie|angular2-cookie(\/core)?|next-client-cookies|cookie-universal|browser-cookies|@universal-cookie\/.*)$/;
const functions = /^(cookies-next|nookies|typescript-cookie|react-cookie|tiny-cookie|cookies-next\/client)$/;
const cookies = /cookie/i;
const verbs: Record<string, Operation> = {
  ...{ set: 'write', setCookie: 'write', setItem: 'write', get: 'read', getCookie: 'read', getJSON: 'read' },
  ...{ remove: 'remove', delete: 'remove', deleteCookie: 'remove', removeCookie: 'remove', expire: 'remove' },
};

const cookie = (operation: Operation, key: Access['key'], value: Node | null, node: Node): Access => ({
  operation,
  store: 'a cookie',
  key,
  value,
  node,
});

/** `document.cookie`. */
export function isDocumentCookie(node: Node, module: Module): boolean {
  const expression = unwrap(node);
  if (expression.type !== 'MemberExpression' || propertyName(expression, module) !== 'cookie') return false;
  const { node: owner, module: home } = resolve(expression.object, module);
  if (owner.type === 'Identifier') return owner.name === 'document' && isGlobal(owner, home);
  return owner.type === 'MemberExpression' && propertyName(owner, home) === 'document';
}

/** `document.cookie = 'name=value; Path=/'`. */
export function cookieAssignment(assignment: AssignmentExpression, module: Module): Access | null {
  if (!isDocumentCookie(assignment.left, module)) return null;
  const [text = ''] = possibleStrings(serialized(assignment.right) ?? assignment.right, module);
  const name = decodeURIComponent(/^\s*([^=;]*)/.exec(text)?.[1]?.replace(/%(?![\da-f]{2})/gi, '') ?? '');
  const expires = /=\s*(;|$)|max-age\s*=\s*(0|-\d)|expires\s*=\s*thu,? 0?1[ -]jan[ -](19)?70/i.test(text);
  return cookie(
    expires ? 'remove' : 'write',
    name === hole ? firstPart(assignment.right, module) : name,
    assignment.right,
    assignment,
  );
}

/** `serialize('name', value)`, of a library: what it is given first is the name. */
function serialized(node: Node): Node | null {
  const call = unwrap(node);
  const isSerializer = call.type === 'CallExpression' && /serializ|cookie/i.test(nameOf(call.callee));
  const first = isSerializer ? argumentAt(call, 0) : null;
  return first?.type === 'ArrowFunctionExpression' ? null : first;
}

const nameOf = (callee: Node): string =>
  callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? nameOf(callee.property) : '';

/** The expression that the text begins with: the name, where it is only known at run time. */
function firstPart(node: Node, module: Module): Node {
  const expression = unwrap(node);
  if (expression.type === 'TemplateLiteral') return expression.expressions[0] ?? expression;
  if (expression.type === 'BinaryExpression')
    return expression.left.type === 'PrivateIdentifier' ? expression : firstPart(expression.left, module);
  const variable = expression.type === 'Identifier' ? variableOf(expression, module) : null;
  const [begun] = variable ? valuesOf(variable) : [];
  return begun && begun.type !== 'Identifier' ? firstPart(begun, module) : expression;
}

/** `document.cookie.split('; ').find((row) => row.startsWith('access_token='))`: the names that the statement looks for. */
export function cookieRead(member: MemberExpression, module: Module): Access | null {
  const parent = parentOf(member);
  if (parent?.type === 'AssignmentExpression' && parent.left === member) return null;
  if (!isDocumentCookie(member, module)) return null;
  let chain: Node = member;
  for (let next = parentOf(chain); next && /^(Member|Call|Chain)Expression$/.test(next.type); next = parentOf(next))
    chain = next;
  const [from, to] = chain.range ?? [0, 0];
  const name = /['"`/()\s;]([\w.-]+)\s*=(?!=)/.exec(module.text.slice(from, to).replaceAll('\\s*', ''))?.[1];
  return name ? cookie('read', name, null, member) : null;
}

export function cookieCall(call: CallExpression, module: Module): Access | null {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return functionCall(callee, call, module);
  if (callee.type !== 'MemberExpression') return null;
  const name = propertyName(callee, module) ?? '';
  if (name === 'cookie') return byJQuery(callee.object, call, module);
  const operation = verbs[name];
  if (!operation || !mayBeCookies(callee.object, module) || !isCookieObject(callee.object, module)) return null;
  return keyed(operation, call, module);
}

/** `$.cookie(name, value)`. */
function byJQuery(object: Node, call: CallExpression, module: Module): Access | null {
  const isJQuery = object.type === 'Identifier' && /^(\$|jQuery)$/.test(object.name) && isGlobal(object, module);
  const value = argumentAt(call, 1);
  return isJQuery ? cookie(value ? 'write' : 'read', argumentAt(call, 0), value, call) : null;
}

/** `get` and `set` are methods of everything: without a word of cookies here, only what is imported may be some. */
const mayBeCookies = (object: Node, module: Module) =>
  speaksOf(cookies, module) || (object.type === 'Identifier' && importOf(object, module) !== null);

/** `set(name, value)` and `set({ name, value })`. */
function keyed(operation: Operation, call: CallExpression, module: Module): Access | null {
  const first = argumentAt(call, 0);
  if (!first) return null;
  const options = resolve(first, module);
  if (options.node.type !== 'ObjectExpression') return cookie(operation, first, argumentAt(call, 1), call);
  const part = (name: string) => memberOf(options, name, 0)?.node ?? null;
  return part('name') ? cookie(operation, part('name'), part('value'), call) : null;
}

function isCookieObject(node: Node, module: Module): boolean {
  const direct = unwrap(node);
  const isImported = direct.type === 'Identifier' && importOf(direct, module) !== null;
  const { node: object, module: home } = isImported ? { node: direct, module } : resolve(direct, module);
  if (object.type === 'MemberExpression') return propertyName(object, home) === 'cookieStore';
  const base = configuredOf(object);
  if (base) return isCookieObject(base, home);
  const isMade = object.type === 'NewExpression' || object.type === 'CallExpression';
  const name = isMade ? object.callee : object;
  if (name.type !== 'Identifier') return false;
  const from = importOf(name, home);
  if (from)
    return (
      objects.test(from.source) ||
      (functions.test(from.source) && /^(default|\*|Cookies?|useGetCookies|useCookiesNext)$/.test(from.name))
    );
  return (name.name === 'cookieStore' || name.name === 'Cookies') && isGlobal(name, home);
}

/** `Cookies.withAttributes({ … })` is a `Cookies`. */
function configuredOf(call: Node): Node | null {
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return null;
  const { object, property } = call.callee;
  return property.type === 'Identifier' && /^with(Attributes|Converter|Defaults)$/.test(property.name) ? object : null;
}

/** `setCookie('name', value)` of a library; also the setter that `useCookies` gives. nookies takes the context first. */
function functionCall(callee: Node, call: CallExpression, module: Module): Access | null {
  if (callee.type !== 'Identifier') return null;
  const from = importOf(callee, module);
  if (from && functions.test(from.source)) {
    const operation = verbs[from.name];
    if (!operation) return null;
    const first = from.source === 'nookies' ? 1 : 0;
    return cookie(operation, argumentAt(call, first), argumentAt(call, first + 1), call);
  }
  const definition = variableOf(callee, module)?.defs[0];
  if (definition?.type !== 'Variable' || definition.node.id.type !== 'ArrayPattern') return null;
  const { id, init } = definition.node;
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'useCookies')
    return null;
  const isSetter = id.elements.indexOf(definition.name) === 1;
  return isSetter ? cookie('write', argumentAt(call, 0), argumentAt(call, 1), call) : null;
}
