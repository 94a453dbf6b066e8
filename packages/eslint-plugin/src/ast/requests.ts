// Recognises a request that a page makes: `fetch`, `new Request`, axios, ky, superagent, XMLHttpRequest. Address, method and body, as
// far as they are written; what the request is for is policy's.
import type { CallExpression, Node } from 'estree';
import { argumentAt } from './access.js';
import { importOf, variableOf } from './binding.js';
import { callBehind } from './call-view.js';
import { speaksOf } from './mentions.js';
import { parentOf, type Module } from './module.js';
import { memberOf, propertyName, resolve, staticText, type Place } from './resolve.js';
import { chainedRequest, describedRequest } from './request-views.js';
import { isWindow } from './storage-area.js';
import { declaredType } from './storage-type.js';
import { unwrap } from './unwrap.js';

export interface HttpRequest {
  node: Node;
  url: Node;
  method: string | null;
  body: Node | null;
}

const fetchWord = /\bfetch\b/;
const verbs = /^(get|post|put|patch|delete|request)$/;
const clients =
  /^(axios|ky|superagent|request|got|wretch|ofetch|@angular\/common\/http|redaxios|node-fetch|cross-fetch|isomorphic-fetch|undici|axios-retry)$/;
const fetches =
  /^(fetch|\$fetch|use(Lazy|Async)?Fetch|ofetch|authFetch|fetchWithTimeout|fetchRetry|fetchJson|apiFetch|crossFetch|nodeFetch)$/;

export function requestOf(call: CallExpression, module: Module): HttpRequest | null {
  const inner = callBehind(call);
  const request = sentBy(call, module) ?? (inner && sentBy(inner, module));
  return request && { ...request, node: call };
}

function sentBy(call: CallExpression, module: Module): HttpRequest | null {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return calledByName(callee.name, call, module);
  if (callee.type !== 'MemberExpression') return null;
  const method = propertyName(callee, module);
  if (method === null) return null;
  const object = callee.object as Node;
  if (/^(\$http|\$axios)$/.test(method)) return configured(call, module);
  if (/fetch/i.test(method) && isFetch(callee, module)) return withOptions(call, module);
  const described = describedRequest(call, module);
  if (described) return fromOptions(described, call);
  const chained = verbs.test(method) ? chainedRequest(call, module) : null;
  if (chained) return { node: call, ...chained, method: method.toUpperCase() };
  if (method === 'fetch' && isWindow(object, module)) return withOptions(call, module);
  if (method === 'open') return xhr(call, object, module);
  if (method === 'ajax') return configured(call, module);
  if (method === 'sendBeacon') return direct(call, 'POST', argumentAt(call, 1));
  return verbs.test(method) && isClient(object, module) ? byVerb(method, call, module) : null;
}

function calledByName(name: string, call: CallExpression, module: Module): HttpRequest | null {
  const callee = unwrap(call.callee);
  const from = callee.type === 'Identifier' ? importOf(callee, module) : null;
  const isNamed = fetches.test(name) && (name !== 'fetch' || from !== null);
  if (isNamed || isFetch(callee, module)) return withOptions(call, module);
  if (from ? clients.test(from.source) : /^(axios|\$http)$/.test(name))
    return configured(call, module) ?? withOptions(call, module);
  return null;
}

/** The global `fetch`, by whatever name: a constant, a field, a parameter of its type. */
function isFetch(callee: Node, module: Module): boolean {
  if (!speaksOf(fetchWord, module) || (callee.type === 'Identifier' && importOf(callee, module))) return false;
  const { node, module: home } = resolve(callee, module);
  if (node.type === 'MemberExpression') return propertyName(node, home) === 'fetch' && isWindow(node.object, home);
  if (node.type !== 'Identifier') return false;
  const variable = variableOf(node, home);
  if (!variable) return node.name === 'fetch';
  const [definition] = variable.defs;
  const type = definition && declaredType(definition.name);
  return type?.type === 'TSTypeQuery' && type.exprName?.name === 'fetch';
}

const option = (options: Place | null, name: string) => (options ? (memberOf(options, name, 0)?.node ?? null) : null);
const written = (node: Node | null, module: Module) =>
  node ? (staticText(node, module)?.toUpperCase() ?? null) : null;

/** `fetch(url, { method, body })`, `fetch(new Request(url, …))`. */
function withOptions(call: { arguments: Node[] } & Node, module: Module): HttpRequest | null {
  const url = argumentAt(call, 0);
  if (!url) return null;
  const made = resolve(url, module).node;
  if (made.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === 'Request')
    return { ...(withOptions(made, module) ?? { url, method: null, body: null }), node: call };
  const second = argumentAt(call, 1);
  const options = second && resolve(second, module);
  const body = option(options, 'body') ?? option(options, 'json') ?? option(options, 'data') ?? option(options, 'form');
  return { node: call, url, method: written(option(options, 'method'), module), body };
}

/** `axios({ url, method, data })`. */
function configured(call: CallExpression, module: Module): HttpRequest | null {
  const first = argumentAt(call, 0);
  const options = first && resolve(first, module);
  return options?.node.type === 'ObjectExpression' ? fromOptions(options, call) : null;
}

function fromOptions(options: Place, call: Node): HttpRequest | null {
  const url = option(options, 'url');
  const method = written(option(options, 'method') ?? option(options, 'type'), options.module);
  return url && { node: call, url, method, body: option(options, 'data') ?? option(options, 'body') };
}

const direct = (call: CallExpression, method: string | null, body: Node | null): HttpRequest | null => {
  const url = argumentAt(call, 0);
  return url ? { node: call, url, method, body } : null;
};

/** `axios.post(url, data)`, `ky.post(url, { json })`, `superagent.post(url).send(body)`. */
function byVerb(verb: string, call: CallExpression, module: Module): HttpRequest | null {
  if (verb === 'request') return configured(call, module);
  const second = argumentAt(call, 1);
  const options = second && resolve(second, module);
  const inside =
    option(options, 'json') ?? option(options, 'searchParams') ?? option(options, 'body') ?? option(options, 'form');
  return direct(call, verb.toUpperCase(), sentLater(call) ?? inside ?? second);
}

/** What a chain sends: `.send(body)`. */
function sentLater(call: Node): Node | null {
  let current: Node = call;
  for (let depth = 0; depth < 12; depth += 1) {
    const member = parentOf(current);
    const next = member && parentOf(member);
    if (member?.type !== 'MemberExpression' || next?.type !== 'CallExpression') return null;
    if (member.property.type === 'Identifier' && /^(send|query|field)$/.test(member.property.name))
      return argumentAt(next, 0);
    current = next;
  }
  return null;
}

function isClient(node: Node, module: Module, depth = 0): boolean {
  const direct = unwrap(node);
  const isImported = direct.type === 'Identifier' && importOf(direct, module) !== null;
  const { node: object, module: home } = isImported ? { node: direct, module } : resolve(direct, module);
  if (object.type === 'Identifier') {
    const from = importOf(object, home);
    if (from) return clients.test(from.source) || /(^|\/)(http|api|axios|client)[\w-]*$/i.test(from.source);
    return /^(axios|ky|superagent|http|httpClient|api|apiClient|client|instance|\$http|agent|\$|jQuery)$/.test(
      object.name,
    );
  }
  if (object.type === 'MemberExpression' && /^(create|extend|instance)$/.test(propertyName(object, home) ?? ''))
    return depth < 3 && isClient(object.object, home, depth + 1);
  if (object.type === 'MemberExpression')
    return /^(http|httpClient|axios|api|client|\$http|\$axios)$/.test(propertyName(object, home) ?? '');
  return object.type === 'CallExpression' && depth < 3 ? isClient(object.callee, home, depth + 1) : false;
}

/** `xhr.open('POST', url)`, and what the same object sends. */
function xhr(call: CallExpression, object: Node, module: Module): HttpRequest | null {
  const [method, url] = [argumentAt(call, 0), argumentAt(call, 1)];
  const made = resolve(object, module).node;
  if (!method || !url || made.type !== 'NewExpression') return null;
  if (made.callee.type !== 'Identifier' || made.callee.name !== 'XMLHttpRequest') return null;
  const references = object.type === 'Identifier' ? (variableOf(object, module)?.references ?? []) : [];
  for (const { identifier } of references) {
    const member = parentOf(identifier as Node);
    const send = member && parentOf(member);
    if (member?.type !== 'MemberExpression' || send?.type !== 'CallExpression') continue;
    if (propertyName(member, module) === 'send')
      return { node: call, url, method: written(method, module), body: argumentAt(send, 0) };
  }
  return { node: call, url, method: written(method, module), body: null };
}
