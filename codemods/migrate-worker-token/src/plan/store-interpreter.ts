/**
 * Runs a piece of code in thought, in one browser: what it gives, which states it sets to what, and whether it does anything else.
 * What it does not understand is `unknown`, and counts as doing something else.
 */
import type { Node } from '../ast/node.js';
import { calleeName, isCall, isFunction, isMember, keyName, propertyName, unwrap } from '../ast/shapes.js';
import { calledFunction } from './called-function.js';
import type { Module } from './module.js';
import { StoreExpressions } from './store-expressions.js';
import { EVENT, fieldOf, literal, parsed, truthOf, UNDEFINED, UNKNOWN, type StoreValue } from './store-values.js';
import { isJsonCall } from './value-usage.js';

/** `left` is the value of a return, null where the code goes on. */
type Completion = StoreValue | null;

export class Run extends StoreExpressions {
  /** States that were set, not only compared. */
  readonly changed = new Set<string>();
  /** Nothing happened but reads and sets. */
  isIdle = true;

  /** Calls a function; its parameters get the arguments, or an event. */
  call(module: Module, fn: Node, args?: StoreValue[]): StoreValue {
    if (fn['async'] || fn['generator'] || this.depth > 8) return this.refuse();
    for (const [index, param] of (fn['params'] as Node[]).entries()) {
      const binding = param.type === 'Identifier' ? module.scopes.bindingOf(param) : undefined;
      if (!binding) return this.refuse();
      this.names.set(binding, args ? (args[index] ?? UNDEFINED) : EVENT);
    }
    this.depth++;
    const body: Node = fn['body'];
    const result = body.type === 'BlockStatement' ? this.block(module, body['body']) : this.value(module, body);
    this.depth--;
    return result ?? UNDEFINED;
  }

  statement(module: Module, node: Node): Completion {
    switch (node.type) {
      case 'BlockStatement':
        return this.block(module, node['body']);
      case 'VariableDeclaration':
        for (const declarator of node['declarations'] as Node[]) this.declare(module, declarator);
        return null;
      case 'ExpressionStatement':
        this.expression(module, unwrap(node['expression']));
        return null;
      case 'IfStatement':
        return this.branch(module, node);
      case 'ReturnStatement':
        return node['argument'] ? this.value(module, node['argument']) : UNDEFINED;
      case 'TryStatement':
        return this.attempt(module, node);
      case 'EmptyStatement':
      case 'FunctionDeclaration':
        return null;
      default:
        return this.refuse();
    }
  }

  private block(module: Module, statements: Node[]): Completion {
    for (const statement of statements) {
      const left = this.statement(module, statement);
      if (left) return left;
    }
    return null;
  }

  private declare(module: Module, declarator: Node): void {
    const target: Node = declarator['id'];
    if (!declarator['init'] || isFunction(unwrap(declarator['init']))) return;
    const value = this.value(module, declarator['init']);
    if (value.kind === 'unknown') this.refuse();
    for (const { id, name } of targetsOf(target)) {
      const binding = id && module.scopes.bindingOf(id);
      if (binding) this.names.set(binding, name === null ? value : fieldOf(value, name, false));
      else this.refuse();
    }
  }

  private expression(module: Module, node: Node): void {
    if (node.type === 'LogicalExpression' && node['operator'] === '&&') {
      const truth = this.test(module, node['left']);
      if (truth !== false) this.expression(module, unwrap(node['right']));
    } else if (node.type === 'UnaryExpression' && node['operator'] === 'void') {
      this.expression(module, unwrap(node['argument']));
    } else if (!isCall(node) || (this.value(module, node).kind === 'unknown' && !this.setterOf(module, node))) {
      this.refuse();
    }
  }

  /** A branch on an event runs, and may not: what follows runs too. */
  private branch(module: Module, node: Node): Completion {
    const truth = this.test(module, node['test']);
    if (truth !== null) {
      const taken: Node | null = node[truth ? 'consequent' : 'alternate'];
      return taken ? this.statement(module, taken) : null;
    }
    this.statement(module, node['consequent']);
    if (node['alternate']) this.statement(module, node['alternate']);
    return null;
  }

  /** Null: it may be either, as the event says. */
  private test(module: Module, node: Node): boolean | null {
    const value = this.value(module, node);
    const truth = truthOf(value);
    if (truth === null && value.kind !== 'event') this.refuse();
    return truth;
  }

  /** Nothing throws where what is stored is as it should be; what would follow must be no more than a set or a message. */
  private attempt(module: Module, node: Node): Completion {
    const handler: Node | null = node['handler'];
    const isQuiet = (handler?.['body'].body ?? []).every((statement: Node) => this.isQuiet(module, statement));
    if (node['finalizer'] || !isQuiet) this.refuse();
    return this.statement(module, node['block']);
  }

  private isQuiet(module: Module, statement: Node): boolean {
    if (statement.type === 'ReturnStatement') return true;
    const call = statement.type === 'ExpressionStatement' ? unwrap(statement['expression']) : null;
    return (
      call !== null &&
      isCall(call) &&
      (/^console\./.test(calleeName(call) ?? '') || this.setterOf(module, call) !== null)
    );
  }

  protected called(module: Module, node: Node): StoreValue {
    const args: Node[] = node['arguments'];
    const state = this.setterOf(module, node);
    if (state !== null) {
      this.changed.add(state);
      this.note(state, args[0] ? this.next(module, state, unwrap(args[0])) : UNDEFINED);
      return UNDEFINED;
    }
    const name = calleeName(node);
    if (isJsonCall(node, 'parse') && args.length === 1) return parsed(this.value(module, args[0] as Node));
    if (name === 'Boolean' && args[0]) {
      const truth = truthOf(this.value(module, args[0]));
      return truth === null ? UNKNOWN : literal(String(truth));
    }
    const found = calledFunction(this.around.context.project, module, node['callee']);
    if (!found) return this.asksEvent(module, node) ? EVENT : UNKNOWN;
    const given = args.map((argument) => this.value(module, argument));
    const before = this.isIdle;
    const result = this.call(found.module, found.fn, given);
    return before && !this.isIdle ? UNKNOWN : result;
  }

  /** What a setter gets: a value, or `(old) => …`, where `old` is the state. */
  private next(module: Module, state: string, argument: Node): StoreValue {
    if (!isFunction(argument)) return this.value(module, argument);
    const [param] = argument['params'] as Node[];
    const old = param?.type === 'Identifier' ? module.scopes.bindingOf(param) : undefined;
    if (old) this.olds.set(old, state);
    return this.call(module, argument, [UNKNOWN]);
  }

  /** `event.key?.startsWith('worker')`, `KEYS.includes(event.key)` */
  private asksEvent(module: Module, node: Node): boolean {
    const callee = unwrap(node['callee']);
    if (!isMember(callee) || !/^(includes|startsWith|endsWith)$/.test(propertyName(callee) ?? '')) return false;
    return [callee['object'], ...node['arguments']].some((part: Node) => this.value(module, part).kind === 'event');
  }

  private setterOf(module: Module, call: Node): string | null {
    const callee = unwrap(call['callee']);
    const binding = isMember(callee) || callee.type !== 'Identifier' ? undefined : module.scopes.bindingOf(callee);
    return (binding && this.around.setters.get(binding)) ?? null;
  }

  private refuse(): StoreValue {
    this.isIdle = false;
    return UNKNOWN;
  }
}

/** Plain names, and fields of a plain pattern. */
function targetsOf(target: Node): { id: Node | null; name: string | null }[] {
  if (target.type === 'Identifier') return [{ id: target, name: null }];
  if (target.type !== 'ObjectPattern') return [{ id: null, name: null }];
  return (target['properties'] as Node[]).map((property) => {
    const isPlain = property.type === 'ObjectProperty' && property['value'].type === 'Identifier';
    return { id: isPlain ? property['value'] : null, name: isPlain ? keyName(property) : null };
  });
}
