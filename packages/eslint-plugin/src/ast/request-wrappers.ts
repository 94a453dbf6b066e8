// Functions that send a request to an address they are given: a call of one is a request with the call's own address and body.
import type { CallExpression, Node } from 'estree';
import { neighbour, textOf } from '../neighbours.js';
import { importOf } from './binding.js';
import { calledFunction, type FunctionNode } from './functions.js';
import { mentionsSecret } from './mentions.js';
import { childrenOf, type Module } from './module.js';
import { argumentFor, parameterIn, type Source } from './parameter-source.js';
import { requestOf, type HttpRequest } from './requests.js';
import { unwrap } from './unwrap.js';

interface Sent {
  method: string | null;
  url: Source;
  body: Source | null;
  /** The body where the function makes it by itself. */
  own: Node | null;
}

const sends = /fetch|axios|XMLHttpRequest|\bky\b|superagent|\.(post|request)\(/;
const known = new WeakMap<FunctionNode, Sent | null>();

export function wrappedRequest(call: CallExpression, module: Module): HttpRequest | null {
  if (!call.arguments.some((argument) => mentionsSecret(argument, module)) || !isNearSender(call, module)) return null;
  const called = calledFunction(call.callee, module);
  const sent = called && sentBy(called.node, called.module);
  const url = sent && argumentFor(call, sent.url, module);
  if (!sent || !url) return null;
  const own = called.module === module ? sent.own : null;
  return { node: call, url, method: sent.method, body: sent.body ? argumentFor(call, sent.body, module) : own };
}

/** A neighbour is read only where it speaks of requests. */
function isNearSender(call: CallExpression, module: Module): boolean {
  let base = unwrap(call.callee);
  while (base.type === 'MemberExpression') base = unwrap(base.object);
  const from = base.type === 'Identifier' ? importOf(base, module) : null;
  const file = from && neighbour(module.file, from.source);
  return !from || (file !== null && sends.test(textOf(file)));
}

function sentBy(owner: FunctionNode, module: Module): Sent | null {
  const cached = known.get(owner);
  if (cached !== undefined) return cached;
  known.set(owner, null); // a function that calls itself
  const text = module.text.slice(...(owner.range ?? [0, 0]));
  const found = text.length < 4_000 && sends.test(text) ? search(owner.body, owner, module) : null;
  known.set(owner, found);
  return found;
}

function search(node: Node, owner: FunctionNode, module: Module): Sent | null {
  const request = node.type === 'CallExpression' ? requestOf(node, module) : null;
  const url = request && parameterIn(request.url, owner, module);
  if (request && url) {
    const body = request.body && parameterIn(request.body, owner, module);
    return { method: request.method, url, body, own: request.body };
  }
  for (const child of childrenOf(node)) {
    const found = search(child, owner, module);
    if (found) return found;
  }
  return null;
}
