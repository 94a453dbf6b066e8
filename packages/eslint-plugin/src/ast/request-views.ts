// Requests that are described rather than called: RTK Query's `query: () => ({ url, method, body })`, chains that begin with the address
// (`wretch(url).json(body).post()`).
import type { CallExpression, Node } from 'estree';
import { argumentAt } from './access.js';
import { importOf } from './binding.js';
import { isFunction, returnsOf } from './functions.js';
import type { Module } from './module.js';
import { memberOf, propertyName, resolve, type Place } from './resolve.js';
import { unwrap } from './unwrap.js';

/** What `builder.mutation({ query })` sends: the options that its `query` gives; null for any other call. */
export function describedRequest(call: CallExpression, module: Module): Place | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || !/^(mutation|query)$/.test(propertyName(callee, module) ?? '')) return null;
  const first = argumentAt(call, 0);
  const query = first && memberOf(resolve(first, module), 'query');
  const made = query && isFunction(query.node) ? returnsOf(query.node)[0] : null;
  const options = query && made ? resolve(made, query.module) : null;
  return options?.node.type === 'ObjectExpression' ? options : null;
}

/** The address and the body of a chain of wretch, from its last call on. */
export function chainedRequest(call: CallExpression, module: Module): { url: Node; body: Node | null } | null {
  let body: Node | null = argumentAt(call, 0);
  for (let current: Node = call; current.type === 'CallExpression';) {
    const callee = unwrap(current.callee);
    if (callee.type === 'Identifier') {
      const url = argumentAt(current, 0);
      return url && /^(wretch|w)$/.test(importOf(callee, module)?.source ?? '') ? { url, body } : null;
    }
    if (callee.type !== 'MemberExpression') return null;
    if (/^(json|body|formUrl|formData|query)$/.test(propertyName(callee, module) ?? ''))
      body ??= argumentAt(current, 0);
    current = unwrap(callee.object);
  }
  return null;
}
