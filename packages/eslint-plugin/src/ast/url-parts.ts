// The expressions that are put into an address, and the parameter each stands for: `…?token=${t}`, `'/x?token=' + t`,
// `url.searchParams.set('token', t)`, `{ params: { token: t } }`.
import type { AssignmentExpression, CallExpression, Node } from 'estree';
import { argumentAt } from './access.js';
import { parentOf, type Module } from './module.js';
import { requestOf } from './requests.js';
import { memberOf, propertyName, resolve } from './resolve.js';
import { possibleStrings } from './strings.js';
import { unwrap } from './unwrap.js';

export interface UrlPart {
  value: Node;
  /** Name of the parameter; null: a part of the path, or parameters as a whole. */
  parameter: string | null;
  /** What stands before it. */
  before: string;
}

const startsAddress = /^\0?\/[\w-]/;
const hasAddress = /[?#]|:\/\//;
/** Of a text that grows: as much of its end as the name of a parameter may need. */
const longestName = 80;

/** Of a template or a concatenation that is an address. */
export function urlParts(node: Node): UrlPart[] {
  const parent = parentOf(node);
  if (parent?.type === 'BinaryExpression' && parent.operator === '+') return [];
  const parts: UrlPart[] = [];
  let before = '';
  let isAddress = false;
  for (const piece of piecesOf(node)) {
    if (typeof piece === 'string') {
      before += piece;
      isAddress ||= hasAddress.test(piece) || startsAddress.test(before.slice(0, 3));
      continue;
    }
    const end = before.slice(-longestName);
    const parameter = /[?&#]([\w.[\]-]+)=$/.exec(end)?.[1] ?? null;
    if (isAddress && /[=/?&#]$/.test(end)) parts.push({ value: piece, parameter, before });
    before += '\0';
  }
  return parts;
}

function piecesOf(node: Node): (string | Node)[] {
  const expression = unwrap(node);
  if (expression.type === 'TemplateLiteral') {
    return expression.quasis.flatMap((quasi, index) => {
      const inside = expression.expressions[index];
      return inside ? [quasi.value.cooked ?? '', inside] : [quasi.value.cooked ?? ''];
    });
  }
  if (
    expression.type === 'BinaryExpression' &&
    expression.operator === '+' &&
    expression.left.type !== 'PrivateIdentifier'
  )
    return [...piecesOf(expression.left), ...piecesOf(expression.right)];
  const list = joinedList(expression);
  if (list) return list.flatMap((item) => piecesOf(item));
  return expression.type === 'Literal' && typeof expression.value === 'string' ? [expression.value] : [expression];
}

/** `[a, b].join('')`; null for anything else. */
function joinedList(node: Node): Node[] | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return null;
  const { object, property } = node.callee;
  const [glue] = node.arguments;
  const isJoin = property.type === 'Identifier' && property.name === 'join' && object.type === 'ArrayExpression';
  return isJoin && glue?.type === 'Literal' && glue.value === ''
    ? object.elements.filter((item) => item !== null)
    : null;
}

/** `url.search = new URLSearchParams({ … })`. */
export function urlPartsOfAssignment({ left, right }: AssignmentExpression, module: Module): UrlPart[] {
  const isSearch = left.type === 'MemberExpression' && /^(search|hash)$/.test(propertyName(left, module) ?? '');
  return isSearch ? [{ value: right, parameter: null, before: '?' }] : [];
}

/** `'?' + params`, `?${params}`: parameters that are made apart; without that they may be a body. */
function endsUpInAddress(node: Node, module: Module): boolean {
  if (node.type !== 'Identifier' || resolve(node, module).node.type !== 'NewExpression') return false;
  return (
    module.text.includes(`?\${${node.name}`) ||
    new RegExp(`\\?['"\`]\\s*\\+\\s*${node.name.replaceAll('$', '\\$')}\\b`).test(module.text)
  );
}

/** Of a call: `searchParams.set(name, value)`, and the `params` of a request. */
export function urlPartsOfCall(call: CallExpression, module: Module): UrlPart[] {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression' && /^(set|append)$/.test(propertyName(callee, module) ?? '')) {
    const { node: object, module: home } = resolve(callee.object, module);
    const [name, value] = [argumentAt(call, 0), argumentAt(call, 1)];
    const isSearch = object.type === 'MemberExpression' && propertyName(object, home) === 'searchParams';
    const isQuery = isSearch || endsUpInAddress(callee.object, module);
    return isQuery && name && value
      ? [{ value, parameter: possibleStrings(name, module)[0] ?? null, before: '?' }]
      : [];
  }
  if (joinedList(call)) return urlParts(call);
  const method = callee.type === 'MemberExpression' ? (propertyName(callee, module) ?? '') : '';
  const isRoute =
    /^(push|replace|navigate|resolve|prefetch)$/.test(method) && call.arguments[0]?.type === 'ObjectExpression';
  if (method === 'query' && isSent(callee, module)) return wholeOf(call);
  if (!isRoute && !requestOf(call, module)) return [];
  return call.arguments.flatMap((argument) => {
    const options = resolve(argument, module);
    const params = ['params', 'searchParams', 'query'].map((name) => memberOf(options, name, 0)?.node);
    return params.flatMap((value) => (value ? [{ value, parameter: null, before: '?' }] : []));
  });
}

/** `request.get(url).query({ … })`. */
const isSent = (callee: Node, module: Module) => {
  const sent = callee.type === 'MemberExpression' ? unwrap(callee.object) : null;
  return sent?.type === 'CallExpression' && requestOf(sent, module) !== null;
};

const wholeOf = (call: CallExpression): UrlPart[] => {
  const value = argumentAt(call, 0);
  return value ? [{ value, parameter: null, before: '?' }] : [];
};
