/** What a callback of a promise chain hands on: the body of the answer, alone or beside its status. */
import { isIdentifier, unwrap } from '../ast/shapes.js';
import type { Node } from '../ast/node.js';
import type { TokenRequest } from './find-requests.js';
import { alwaysThrows } from './surroundings.js';

/** The first callback gives the body to the next one. */
export function handsOn(request: TokenRequest, callback: Node): boolean {
  const [param] = callback['params'] as Node[];
  const result = resultOf(callback);
  return result !== null && isBodyOf(request.client, bodyBranch(result), param);
}

/** `r.ok ? r.json() : Promise.reject(…)` */
function bodyBranch(result: Node): Node {
  const node = unwrap(result);
  if (node.type !== 'ConditionalExpression' || unwrap(node['test'])['property']?.name !== 'ok') return result;
  return alwaysThrows({ type: 'ReturnStatement', argument: node['alternate'], start: 0, end: 0, parent: null })
    ? node['consequent']
    : result;
}

function isBodyOf(client: 'fetch' | 'axios', raw: Node, param: Node | undefined): boolean {
  const node = unwrap(raw.type === 'AwaitExpression' ? raw['argument'] : raw);
  if (!param || param.type !== 'Identifier') return false;
  if (client === 'axios') return isIdentifier(node['object'], param['name']) && node['property']?.name === 'data';
  const callee = node['callee'];
  return callee !== undefined && isIdentifier(callee['object'], param['name']) && callee['property']?.name === 'json';
}

/** `(r) => r.json().then((data) => ({ ok: r.ok, data }))`: the name that the body is handed on under. */
export function bodyWithStatus(callback: Node): string | null {
  const [response] = callback['params'] as Node[];
  const result = resultOf(callback);
  const inner =
    result && result['callee']?.property?.name === 'then' ? (result['arguments'][0] as Node | undefined) : undefined;
  const json: Node | undefined = inner && result?.['callee'].object;
  if (!response || !inner || !json || !isBodyOf('fetch', json, response)) return null;
  const [data] = inner['params'] as Node[];
  const object = resultOf(inner);
  if (object?.type !== 'ObjectExpression' || !data) return null;
  const properties = object['properties'] as Node[];
  const body = properties.find((property) => isIdentifier(property['value'], data['name']));
  const isPlain = properties.every((p) => p === body || isIdentifier(p['value']?.object, response['name']));
  return body && isPlain ? (body['key'].name as string) : null;
}

/** The expression that a callback returns at its end. */
export function resultOf(callback: Node): Node | null {
  const body: Node = callback['body'];
  if (body.type !== 'BlockStatement') return body;
  const last: Node | undefined = body['body'].at(-1);
  return last?.type === 'ReturnStatement' ? last['argument'] : null;
}
