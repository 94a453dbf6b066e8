/** Mentions of an answer that go with the request: in checks whether a token came, and in writes of token and expiry. */
import { closest, isInside, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { enclosingStatement, isFunction } from '../ast/shapes.js';
import { guardAround, isQuietThrow, takeMention, type AnswerGuard } from './answer-guards.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';

export class AnswerChecks {
  constructor(
    private readonly module: Module,
    private readonly usage: { gone: Set<Node>; guards: Map<Node, AnswerGuard> },
    private readonly caching: readonly StorageOperation[],
    private readonly isTracked: (binding: Binding) => boolean,
  ) {}

  /** Inside a check of the answer, or a write of token or expiry. */
  covers(node: Node): boolean {
    const cache = this.caching.find((operation) => isInside(node, operation.node));
    const statement = cache ? enclosingStatement(cache.node) : this.throwAround(node);
    if (statement) this.usage.gone.add(statement);
    return Boolean(statement) || this.isInGone(node) || this.isGuarded(node);
  }

  private isInGone(node: Node): boolean {
    return [...this.usage.gone].some((gone) => gone.type === 'IfStatement' && isInside(node, gone));
  }

  /** `if (!response.ok) throw …`, without anything else that matters. */
  private throwAround(node: Node): Node | null {
    for (let at = closest(node, isGuardLike); at?.type === 'IfStatement'; at = closest(at.parent, isGuardLike)) {
      if (!at['alternate'] && isQuietThrow(this.module, at['consequent'])) return at;
    }
    return null;
  }

  /** `if (!response.ok) { setError(…); return }`, `if (response.ok) { … } else { … }`: what it does then comes after the request. */
  private isGuarded(node: Node): boolean {
    const found = guardAround(node, (id) => this.isAnswer(id));
    if (!found) return false;
    const guard = this.usage.guards.get(found.statement) ?? found;
    this.usage.guards.set(found.statement, guard);
    return takeMention(guard, this.module, node);
  }

  private isAnswer(id: Node): boolean {
    const binding = this.module.scopes.bindingOf(id);
    return binding !== undefined && this.isTracked(binding);
  }
}

const isGuardLike = (node: Node) => node.type === 'IfStatement' || isFunction(node);
