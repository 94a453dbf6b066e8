/** Finds hand-made token requests: fetch and clients like axios, with an address of ours and a body that asks for a token. */
import { endpointKind, type EndpointKind, type LegacySignals } from '@worker-token/legacy-signals';
import { findAll, type Node } from '../ast/node.js';
import { isCall, isFunction, isIdentifier, isMember, keyName, propertyName, unwrap } from '../ast/shapes.js';
import type { Constants } from './constants.js';
import type { Generation } from './context.js';
import type { Module } from './module.js';
import type { Project } from './project.js';
import { isJsonCall } from './value-usage.js';

export interface TokenRequest {
  module: Module;
  node: Node;
  /** How the body of the answer is reached: `await response.json()`, or `response.data`. */
  client: 'fetch' | 'axios';
  kind: EndpointKind;
  url: string;
  generation: Generation;
  /** The body asks for a token by client credentials, for all that can be seen. */
  asksForToken: boolean;
}

export function findRequests(
  project: Project,
  module: Module,
  constants: Constants,
  signals: LegacySignals,
): TokenRequest[] {
  const found: TokenRequest[] = [];
  for (const node of findAll(module.program, isCall)) {
    const call = describeCall(project, module, node);
    const url = call && constants.pattern(module, call.url);
    const kind = url ? endpointKind(url, signals) : null;
    if (!call || !url || !kind) continue;
    const keys = call.body ? bodyKeys(module, call.body) : new Set<string>();
    found.push({
      module,
      node,
      client: call.client,
      kind,
      url,
      generation: generationOf(keys),
      asksForToken: asksForToken(call, keys, kind),
    });
  }
  return found;
}

interface DescribedCall {
  client: 'fetch' | 'axios';
  url: Node;
  body: Node | null;
  method: string | null;
}

function describeCall(project: Project, module: Module, call: Node): DescribedCall | null {
  const callee = unwrap(call['callee']);
  const [first, second] = call['arguments'] as Node[];
  if (!first) return null;
  const name: string | null =
    callee.type === 'Identifier' ? callee['name'] : isMember(callee) ? propertyName(callee) : null;
  if (name === 'fetch' && isGlobalFetch(module, callee)) {
    const init = second && objectOf(module, second);
    return { client: 'fetch', url: first, body: init ? property(init, 'body') : null, method: methodOf(init ?? null) };
  }
  if (name === 'axios' && callee.type === 'Identifier') return describeAxios(module, first, second);
  if (name === 'request' && isMember(callee) && isIdentifier(callee['object'], 'axios'))
    return describeAxios(module, first, second);
  const wrapper = callee.type === 'Identifier' ? second && isFetchWrapper(project, module, callee) : false;
  if (wrapper) return { client: 'axios', url: first, body: second ?? null, method: 'POST' };
  const isPost = isMember(callee) && name === 'post' && !(second && isFunction(unwrap(second)));
  if (!isPost || isCall(unwrap(callee['object']))) return null;
  return { client: 'axios', url: first, body: second ?? null, method: 'POST' };
}

/** `postJson(url, body)`: a function of the project that fetches its first parameter and gives the body back. */
function isFetchWrapper(project: Project, module: Module, callee: Node): boolean {
  const binding = module.scopes.bindingOf(callee);
  const target = binding && project.follow(module, binding);
  const declaration = target?.binding?.declaration;
  const value = declaration?.type === 'VariableDeclarator' ? declaration['init'] : (declaration ?? target?.expression);
  const fn: Node | null = value ? unwrap(value) : null;
  if (!target || !fn || !isFunction(fn)) return false;
  const [param] = fn['params'] as Node[];
  const url = param && target.module.scopes.bindingOf(param);
  const text = target.module.text.slice(fn.start, fn.end);
  const fetches = findAll(fn['body'], isCall).filter((call) => isIdentifier(unwrap(call['callee']), 'fetch'));
  const isOwnUrl =
    fetches.length === 1 && url !== undefined && target.module.scopes.bindingOf(fetches[0]?.['arguments'][0]) === url;
  return isOwnUrl && /\breturn (await )?\w+\.json\(\)|=>\s*\w+\.json\(\)/.test(text) && /['"]POST['"]/.test(text);
}

function describeAxios(module: Module, first: Node, second: Node | undefined): DescribedCall | null {
  const config = objectOf(module, first) ?? (second ? objectOf(module, second) : null);
  const url = config === objectOf(module, first) && config ? property(config, 'url') : first;
  if (!config || !url) return null;
  return { client: 'axios', url, body: property(config, 'data'), method: methodOf(config) };
}

function isGlobalFetch(module: Module, callee: Node): boolean {
  if (callee.type === 'Identifier') return !module.scopes.bindingOf(callee);
  return /^(window|globalThis|self)$/.test(unwrap(callee['object'])['name'] ?? '');
}

/** An object literal, possibly through a constant. */
export function objectOf(module: Module, raw: Node): Node | null {
  const node = unwrap(raw);
  if (node.type === 'ObjectExpression') return node;
  const binding = node.type === 'Identifier' ? module.scopes.bindingOf(node) : undefined;
  const init: Node | undefined =
    binding?.declaration.type === 'VariableDeclarator' ? binding.declaration['init'] : undefined;
  return init && unwrap(init).type === 'ObjectExpression' ? unwrap(init) : null;
}

function property(object: Node, name: string): Node | null {
  const found = (object['properties'] as Node[]).find((entry) => keyName(entry) === name);
  return found?.['value'] ?? null;
}

function methodOf(init: Node | null): string | null {
  const method = init && property(init, 'method');
  return method?.type === 'StringLiteral' ? String(method['value']).toUpperCase() : null;
}

/** Names of the fields of a body, whether JSON, a form or text; nested ones included. */
function bodyKeys(module: Module, raw: Node, depth = 0): Set<string> {
  const node = unwrap(raw);
  const keys = new Set<string>();
  if (depth > 4) return keys;
  const add = (more: Node | null | undefined) => {
    if (more) for (const key of bodyKeys(module, more, depth + 1)) keys.add(key);
  };
  if (isJsonCall(node, 'stringify') || node.type === 'NewExpression') add(node['arguments'][0]);
  else if (node.type === 'ObjectExpression') {
    for (const entry of node['properties'] as Node[]) {
      const name = keyName(entry);
      if (name) keys.add(name);
      add(
        entry.type === 'SpreadElement'
          ? entry['argument']
          : name === 'body' || name === 'headers'
            ? entry['value']
            : null,
      );
    }
  } else if (node.type === 'Identifier') {
    const binding = module.scopes.bindingOf(node);
    if (binding?.declaration.type === 'VariableDeclarator') add(binding.declaration['init']);
    for (const reference of binding?.references ?? []) for (const key of assignedKeys(reference)) keys.add(key);
  } else if (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') {
    for (const match of module.text.slice(node.start, node.end).matchAll(/([\w]+)=/g)) keys.add(match[1] ?? '');
  } else if (isCall(node) && isMember(node['callee'])) add(node['callee']['object']);
  return keys;
}

/** `body.append('grant_type', …)`, `body.scope = …`. */
function assignedKeys(reference: Node): string[] {
  const member = reference.parent;
  if (!member || !isMember(member) || member['object'] !== reference) return [];
  const call = member.parent;
  const name = propertyName(member);
  if (call && isCall(call) && call['callee'] === member) {
    const [key] = call['arguments'] as Node[];
    return /^(append|set)$/.test(name ?? '') && key?.type === 'StringLiteral' ? [key['value']] : [];
  }
  return call?.type === 'AssignmentExpression' && call['left'] === member && name ? [name] : [];
}

function generationOf(keys: Set<string>): Generation {
  if (keys.has('auth_method') || (keys.has('headers') && keys.has('body'))) return 'nested';
  return keys.has('environmentId') || keys.has('clientId') ? 'camel' : 'flat';
}

const ASKS = ['grant_type', 'environment_id', 'environmentId', 'client_secret', 'clientSecret', 'auth_method'];

function asksForToken(call: DescribedCall, keys: Set<string>, kind: EndpointKind): boolean {
  if (call.method !== null && call.method !== 'POST') return false;
  if (kind === 'direct') return call.method === 'POST' || call.body !== null;
  return call.body !== null && (ASKS.some((key) => keys.has(key)) || keys.size === 0);
}
