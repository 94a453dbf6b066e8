/** Do all uses of an answer of the token endpoint come down to the token? Follows the answer, its body and the token. */
import { findAll, type Node } from '../ast/node.js';
import { patternNames, type Binding } from '../ast/scopes.js';
import { isCall, isMember, keyName, propertyName, wrapped } from '../ast/shapes.js';
import { AnswerChecks } from './answer-checks.js';
import type { Module } from './module.js';
import { unused } from './response-usage.js';
import type { StorageOperation } from './storage-operations.js';
import { isJsonCall } from './value-usage.js';

export class ResponseReader {
  readonly usage = unused();
  /** Names that hold the answer, its body, or a part of it. */
  readonly tracked = new Set<Binding>();

  private readonly checks: AnswerChecks;

  constructor(
    private readonly module: Module,
    private readonly client: 'fetch' | 'axios',
    /** Writes of token and expiry. */
    caching: StorageOperation[],
    /** `tracked` of a first reading: a check may ask for names that come later. */
    answers: ReadonlySet<Binding> = new Set(),
  ) {
    const isAnswer = (binding: Binding) => this.tracked.has(binding) || answers.has(binding);
    this.checks = new AnswerChecks(module, this.usage, caching, isAnswer);
  }

  /** An expression that is the response object. */
  response(raw: Node): void {
    const node = wrapped(raw);
    const parent = node.parent;
    if (!parent || this.isAccountedFor(node)) return;
    if (parent.type === 'VariableDeclarator') return this.responseVariable(parent);
    if (!isMember(parent) || parent['object'] !== node) return this.more();
    const name = propertyName(parent);
    if (this.client === 'axios') return this.clientField(parent, name);
    const call = parent.parent;
    if (!call || !isCall(call)) return this.more();
    if (name === 'json') this.promisedBody(call);
    else if (name === 'text') this.promisedText(call);
    else this.more();
  }

  /** A client's answer: the body is in `data`, or, where a wrapper unpacked it, the answer itself. */
  private clientField(member: Node, name: string | null): void {
    if (name === 'data') this.body(member);
    else this.bodyField(member, name);
  }

  /** `response.json()`: awaited, or handed on by a callback. */
  promisedBody(raw: Node): void {
    const node = wrapped(raw);
    const parent = node.parent;
    if (this.isAccountedFor(node)) return;
    if (parent?.type === 'AwaitExpression') this.body(parent);
    else if (parent && isMember(parent) && propertyName(parent) === 'catch' && parent.parent)
      this.promisedBody(parent.parent);
    else this.more();
  }

  /** `await response.text()`, parsed afterwards. */
  private promisedText(call: Node): void {
    const awaited = wrapped(call).parent;
    const declarator = awaited && wrapped(awaited).parent;
    if (this.isAccountedFor(call)) return;
    if (awaited?.type !== 'AwaitExpression' || declarator?.type !== 'VariableDeclarator') return this.more();
    this.usage.gone.add(declarator.parent as Node);
    for (const reference of this.referencesOf(declarator['id'])) {
      if (this.isAccountedFor(reference)) continue;
      const parse = reference.parent;
      if (isJsonCall(parse, 'parse')) this.body(parse as Node);
      else this.more();
    }
  }

  /** An expression that is the body of the answer. */
  body(raw: Node): void {
    const node = wrapped(raw);
    const parent = node.parent;
    if (!parent || this.isAccountedFor(node)) return;
    if (parent.type === 'VariableDeclarator') {
      this.usage.gone.add(parent.parent as Node);
      return this.bodyTarget(parent['id']);
    }
    if (isMember(parent) && parent['object'] === node) return this.bodyField(parent, propertyName(parent));
    if (parent.type === 'LogicalExpression' && parent['operator'] === '&&' && parent['left'] === node) return;
    this.more();
  }

  /** A variable or pattern that receives the body. */
  bodyTarget(target: Node): void {
    if (target.type === 'Identifier') {
      for (const reference of this.referencesOf(target)) this.body(reference);
      return;
    }
    if (target.type !== 'ObjectPattern') return this.more();
    for (const property of target['properties'] as Node[]) {
      const id = patternNames(property['value'] ?? null)[0];
      if (property.type !== 'ObjectProperty' || !id) this.more();
      else this.namedField(keyName(property), id);
    }
  }

  /** A variable that receives `ok` or `status`: fine in a throw. */
  statusTarget(target: Node | undefined): void {
    if (target?.type !== 'Identifier') return this.more();
    for (const reference of this.referencesOf(target)) if (!this.isAccountedFor(reference)) this.more();
  }

  private namedField(name: string | null, id: Node): void {
    const binding = this.module.scopes.bindingOf(id);
    if (binding) this.tracked.add(binding);
    if (name === 'access_token' && binding) {
      if (this.usage.tokenBinding) return this.more();
      this.usage.tokenBinding = binding;
      for (const reference of binding.references) this.token(reference);
      return;
    }
    for (const reference of binding?.references ?? []) {
      if (name === 'expires_in') this.expiresIn(reference);
      else if (!this.isAccountedFor(reference)) this.more();
    }
  }

  private responseVariable(declarator: Node): void {
    this.usage.gone.add(declarator.parent as Node);
    const target: Node = declarator['id'];
    if (target.type === 'Identifier') {
      for (const reference of this.referencesOf(target)) this.response(reference);
      return;
    }
    const [only, other] = target.type === 'ObjectPattern' ? (target['properties'] as Node[]) : [];
    if (this.client !== 'axios') return this.more();
    if (only && !other && keyName(only) === 'data') this.bodyTarget(only['value']);
    else this.bodyTarget(target);
  }

  private bodyField(member: Node, name: string | null): void {
    if (name === 'access_token') this.token(member);
    else if (name === 'expires_in') this.expiresIn(member);
    else this.more();
  }

  /** An expression that is the token. */
  private token(raw: Node): void {
    const node = wrapped(raw);
    const parent = node.parent;
    if (!parent || this.isAccountedFor(node)) return;
    const isFirstName =
      parent.type === 'VariableDeclarator' && parent['id'].type === 'Identifier' && !this.usage.tokenBinding;
    if (!isFirstName) {
      this.usage.tokens.push(raw);
      return;
    }
    this.usage.gone.add(parent.parent as Node);
    this.usage.tokenBinding = this.module.scopes.bindingOf(parent['id']) ?? null;
    for (const reference of this.referencesOf(parent['id'])) this.token(reference);
  }

  /** Seconds of life: fine as part of a stored expiry, or of `Date.now() + … * 1000`. */
  private expiresIn(raw: Node): void {
    if (this.isAccountedFor(raw)) return;
    let node = wrapped(raw);
    while (node.parent && /^(BinaryExpression|LogicalExpression)$/.test(node.parent.type)) node = wrapped(node.parent);
    const isDeadline =
      findAll(node, (at) => isCall(at) && /^Date\.now\b|^new Date\(\)/.test(this.textOf(at))).length > 0;
    if (!isDeadline) return this.more();
    const declarator = node.parent;
    const isNamed = declarator?.type === 'VariableDeclarator' && declarator['id'].type === 'Identifier';
    const isOnlyCached =
      isNamed && this.referencesOf(declarator['id']).every((reference) => this.isAccountedFor(reference));
    if (!isOnlyCached) this.usage.expiries.push(node);
  }

  private isAccountedFor(node: Node): boolean {
    return this.checks.covers(node);
  }

  /** Mentions of a name that holds the answer or a part of it. */
  referencesOf(id: Node): Node[] {
    const binding = this.module.scopes.bindingOf(id);
    if (binding) this.tracked.add(binding);
    return binding?.references ?? [];
  }

  private textOf(node: Node): string {
    return this.module.text.slice(node.start, node.end);
  }

  private more(): void {
    this.usage.usedForMore = true;
  }
}
