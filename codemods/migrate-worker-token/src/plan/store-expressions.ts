/** What expressions give, in one browser. Calls and sets are for the run that they are in. */
import type { Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { enclosingFunction, propertyName, unwrap } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import { askedKind } from './event-keys.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';
import {
  compared,
  EVENT,
  fieldOf,
  isSame,
  joined,
  literal,
  truthOf,
  UNDEFINED,
  UNKNOWN,
  type StoreValue,
  type World,
} from './store-values.js';

export interface Surroundings {
  context: PlanContext;
  /** Reads that are migrated. */
  reads: Map<Node, StorageOperation>;
  /** The states in question, by their setters and by their values. */
  setters: Map<Binding, string>;
  values: Map<Binding, string>;
}

export abstract class StoreExpressions {
  /** What each state was set to, or compared with. */
  readonly sets = new Map<string, StoreValue[]>();
  protected readonly names = new Map<Binding, StoreValue>();
  /** Parameters of `setState((old) => …)`. */
  protected readonly olds = new Map<Binding, string>();
  protected depth = 0;

  constructor(
    private readonly world: World,
    protected readonly around: Surroundings,
  ) {}

  protected abstract called(module: Module, call: Node): StoreValue;

  value(module: Module, raw: Node): StoreValue {
    const node = unwrap(raw);
    const read = this.around.reads.get(node);
    if (read) return this.stored(module, read);
    switch (node.type) {
      case 'StringLiteral':
        return literal(module.text.slice(node.start, node.end).replace(/^"(.*)"$/, "'$1'"));
      case 'NumericLiteral':
      case 'BooleanLiteral':
      case 'NullLiteral':
        return literal(module.text.slice(node.start, node.end));
      case 'Identifier':
        return this.named(module, node);
      case 'UnaryExpression':
        return this.unary(module, node);
      case 'LogicalExpression':
        return joined(node['operator'], this.value(module, node['left']), () => this.value(module, node['right']));
      case 'ConditionalExpression': {
        const truth = truthOf(this.value(module, node['test']));
        return truth === null ? UNKNOWN : this.value(module, node[truth ? 'consequent' : 'alternate']);
      }
      case 'BinaryExpression':
        return this.comparison(module, node);
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        return this.member(module, node);
      case 'CallExpression':
        return this.called(module, node);
      default:
        return UNKNOWN;
    }
  }

  private stored(module: Module, read: StorageOperation): StoreValue {
    if (read.loop || read.node.type === 'BinaryExpression') return UNKNOWN;
    if (read.holds !== 'token' && read.holds !== 'credentials') return UNKNOWN;
    if (!this.world[read.holds]) {
      const fallback = read.parsed?.fallback;
      return fallback ? this.value(module, fallback) : literal('null');
    }
    if (read.holds === 'token') return { kind: 'token' };
    return { kind: read.parsed ? 'record' : 'json' };
  }

  private named(module: Module, node: Node): StoreValue {
    const binding = module.scopes.bindingOf(node);
    if (!binding) return node['name'] === 'undefined' ? UNDEFINED : UNKNOWN;
    const known = this.names.get(binding);
    if (known) return known;
    const init: Node | null = binding.kind === 'const' ? (binding.declaration['init'] ?? null) : null;
    const isPlain = init !== null && binding.declaration['id'] === binding.id && !enclosingFunction(binding.id);
    return isPlain && this.depth < 8 ? this.value(module, init) : UNKNOWN;
  }

  private unary(module: Module, node: Node): StoreValue {
    if (node['operator'] !== '!') return UNKNOWN;
    const value = this.value(module, node['argument']);
    if (value.kind === 'event') return EVENT;
    if (value.kind === 'change') return { kind: 'change', isDifferent: value.isDifferent };
    const truth = truthOf(value);
    return truth === null ? UNKNOWN : literal(String(!truth));
  }

  private comparison(module: Module, node: Node): StoreValue {
    const sides = [unwrap(node['left']), unwrap(node['right'])] as const;
    const isAbsentCheck = /^typeof (window|localStorage|sessionStorage|document)\b/.test(
      module.text.slice(sides[0].start, sides[0].end),
    );
    if (isAbsentCheck) return literal(String(node['operator'].startsWith('!')));
    for (const [side, other] of [sides, [sides[1], sides[0]] as const]) {
      const state = this.stateNamed(module, side);
      if (state === undefined || !/^[!=]==?$/.test(node['operator'])) continue;
      this.note(state, this.value(module, other));
      return { kind: 'change', isDifferent: node['operator'].startsWith('!') };
    }
    return compared(node['operator'], this.value(module, sides[0]), this.value(module, sides[1]));
  }

  private stateNamed(module: Module, node: Node): string | undefined {
    const binding = node.type === 'Identifier' ? module.scopes.bindingOf(node) : undefined;
    return binding && (this.around.values.get(binding) ?? this.olds.get(binding));
  }

  private member(module: Module, node: Node): StoreValue {
    const object = this.value(module, node['object']);
    if (object.kind === 'event' && propertyName(node) === 'newValue') return this.newValue(module, node);
    return fieldOf(object, propertyName(node), node['optional'] === true);
  }

  /** `event.newValue`, by the keys that the handler asks for. */
  private newValue(module: Module, node: Node): StoreValue {
    const kind = askedKind(this.around.context, module, enclosingFunction(node));
    if (kind !== 'token' && kind !== 'credentials') return UNKNOWN;
    if (!this.world[kind]) return literal('null');
    return { kind: kind === 'token' ? 'token' : 'json' };
  }

  protected note(state: string, value: StoreValue): void {
    const values = this.sets.get(state) ?? [];
    if (!values.some((known) => isSame(known, value))) this.sets.set(state, [...values, value]);
  }
}
