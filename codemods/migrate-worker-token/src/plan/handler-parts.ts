/** What the statements of a handler of `storage` events ask for: branches about keys of ours, guards, and the rest. */
import { keyKind } from '@worker-token/legacy-signals';
import type { Node } from '../ast/node.js';
import { unwrap } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import { isKeyOf, keyTest } from './key-tests.js';
import type { Module } from './module.js';

export interface Branch {
  statement: Node;
  action: Node;
  /** The keys that it is about. */
  keys: string[];
}

export interface Parts {
  keys: string[];
  branches: Branch[];
  guards: Node[];
  rest: boolean;
  mentionsOurs: boolean;
}

export function readParts(context: PlanContext, module: Module, fn: Node, event: string): Parts {
  const parts: Parts = { keys: [], branches: [], guards: [], rest: false, mentionsOurs: false };
  const statements: Node[] = fn['body'].type === 'BlockStatement' ? fn['body'].body : [];
  for (const statement of statements) {
    if (statement.type === 'SwitchStatement' && isKeyOf(unwrap(statement['discriminant']), event)) {
      readSwitch(context, module, statement, parts);
      continue;
    }
    const test = statement.type === 'IfStatement' ? keyTest(context, module, statement['test'], event) : null;
    if (test && test.asks !== 'others') parts.mentionsOurs = true;
    if (statement.type === 'IfStatement' && statement['alternate']) {
      readChain(context, module, statement, event, parts);
      continue;
    }
    if (test?.asks === 'ours' && !statement['alternate']) {
      const isGuard = test.negated && leaves(statement['consequent']);
      if (test.negated && !isGuard) parts.rest = true;
      else if (isGuard) parts.guards.push(statement);
      else parts.branches.push({ statement, action: statement['consequent'], keys: test.keys });
      parts.keys.push(...test.keys);
    } else if (parts.guards.length === 0) parts.rest = true;
  }
  const body: Node = fn['body'];
  if (body.type === 'LogicalExpression' && body['operator'] === '&&') {
    const test = keyTest(context, module, body['left'], event);
    if (test?.asks === 'ours' && !test.negated) {
      parts.keys.push(...test.keys);
      parts.branches.push({ statement: body, action: body['right'], keys: test.keys });
    }
  }
  return parts;
}

/** `if (…) … else if (…) …`: one of the tests may ask for our keys. */
function readChain(context: PlanContext, module: Module, first: Node, event: string, parts: Parts): void {
  parts.rest = true;
  for (let at: Node | null = first; at?.type === 'IfStatement'; at = at['alternate']) {
    const test = keyTest(context, module, at['test'], event);
    if (!test || test.asks === 'others') continue;
    parts.mentionsOurs = true;
    if (test.asks !== 'ours' || test.negated) continue;
    parts.keys.push(...test.keys);
    parts.branches.push({ statement: at, action: at['consequent'], keys: test.keys });
  }
}

/** `switch (event.key) { case OURS: … }`: each case is a branch; what falls through from or to others is more. */
function readSwitch(context: PlanContext, module: Module, statement: Node, parts: Parts): void {
  let group: Node[] = [];
  for (const entry of statement['cases'] as Node[]) {
    group.push(entry);
    if (entry['consequent'].length === 0) continue;
    const texts = group.map((part) => (part['test'] ? context.constants.text(module, part['test']) : null));
    const ours = texts.filter((text): text is string => text !== null && keyKind(text, context.signals) !== null);
    const body = caseBody(entry);
    if (ours.length > 0) parts.mentionsOurs = true;
    if (ours.length === group.length && body) {
      parts.keys.push(...ours);
      parts.branches.push({ statement: { ...entry, start: (group[0] as Node).start }, action: body, keys: ours });
    } else parts.rest = true;
    group = [];
  }
  parts.rest = true;
}

/** The statements of a case without its `break`; null where it goes on into the next one. */
function caseBody(entry: Node): Node | null {
  const statements: Node[] = entry['consequent'];
  const [only] = statements;
  const inner: Node[] = statements.length === 1 && only?.type === 'BlockStatement' ? only['body'] : statements;
  const last = inner.at(-1);
  if (!last || !/^(Break|Return)Statement$/.test(last.type)) return null;
  const body = inner.slice(0, -1);
  const [first] = body;
  const end = body.at(-1)?.end;
  return first && end ? { type: 'BlockStatement', start: first.start, end, parent: entry, body, isBare: true } : null;
}

function leaves(statement: Node): boolean {
  if (statement.type === 'ReturnStatement') return statement['argument'] === null;
  return statement.type === 'BlockStatement' && statement['body'].length === 1 && leaves(statement['body'][0]);
}
