/** The edits of one read of credentials: in place, where the text was parsed, or under the name that it has. */
import { closest, isInside, outerSpan, type Node } from '../ast/node.js';
import { enclosingFunction, statementList, wrapped } from '../ast/shapes.js';
import { addSite, componentOf, type PlanContext } from './context.js';
import type { Parse, RawValue } from './raw-value.js';
import type { StorageOperation } from './storage-operations.js';
import { fit, lineSpan, type Strength } from './text-edits.js';
import { demandsMore, isFieldOfDefault, type Adapter } from './read-adapter.js';
import { isGlobalFallback } from './global-fallback.js';

export class ReadWriter {
  private readonly module;
  private readonly component;

  constructor(
    private readonly context: PlanContext,
    operation: StorageOperation,
    private readonly raw: RawValue,
    private readonly adapter: Adapter,
    private readonly read: string,
    private readonly readStrength: Strength,
  ) {
    this.module = operation.module;
    this.component = componentOf(operation.module, operation.node);
  }

  run(): void {
    const { raw } = this;
    const [parse] = raw.parses;
    if (!raw.binding) return this.inPlace();
    const isSingle =
      raw.parses.length === 1 && parse !== undefined && raw.declarator !== null && this.isAlone(raw.declarator);
    if (isSingle && raw.tests.length === 0 && this.isLaterInSameFunction(parse.whole)) return this.atParse(parse);
    const target = isSingle ? this.mergeTarget(parse) : null;
    if (target) return this.atRead(parse as Parse, target);
    this.keepName();
  }

  /** `JSON.parse(getItem(K) || '{}')`, or a bare test of the storage call. */
  private inPlace(): void {
    const [parse] = this.raw.parses;
    if (parse) return this.replaceParse(parse);
    this.replace(this.raw.source, this.read, this.readStrength);
  }

  /** The variable with the text is only there for one parsed expression: it goes, the expression becomes the read. */
  private atParse(parse: Parse): void {
    this.removeStatement(this.raw.declarator as Node);
    this.replaceParse(parse);
  }

  /** Text and object are two variables; the object's takes the place of the text's, tests included. */
  private atRead(parse: Parse, target: Node): void {
    const declarator = this.raw.declarator as Node;
    const { text, strength } = this.full(parse);
    const type = this.adapter.bare ? '' : annotationOf(this.module.text, target);
    this.edit(
      declarator.start,
      declarator.end,
      `${target['name']}${type} = ${fit(text, strength, declarator['init'])}`,
    );
    for (const test of this.raw.tests) this.edit(test.start, test.end, target['name']);
    this.removeStatement(closest(parse.whole, (at) => at.type === 'VariableDeclarator') as Node);
  }

  /** The variable keeps its name and holds the object; where it was parsed, the name stands. */
  private keepName(): void {
    const { binding, declarator, parses, source } = this.raw;
    const [first] = parses;
    const shared =
      parses.length > 0 && parses.every((p) => p.fallback === first?.fallback && p.whole === p.call)
        ? first?.fallback
        : null;
    const value = this.withFallback(this.adapted(null, false), shared ?? null);
    this.replace(wrapped(source), value.text, value.strength);
    const annotation: Node | undefined = declarator?.['id'].typeAnnotation;
    if (annotation) this.context.edits.replace(this.module, annotation.start, annotation.end, '', this.component);
    for (const parse of parses) {
      const place = this.adapter.bare ? wrapped(parse.whole) : parse.whole;
      const name = this.withFallback({ text: binding?.name ?? '', strength: 'call' }, shared ? null : parse.fallback);
      this.replace(place, name.text, name.strength);
    }
  }

  private replaceParse(parse: Parse): void {
    const { text, strength } = this.full(parse);
    const place = this.adapter.bare || parse.whole !== parse.call ? wrapped(parse.whole) : parse.whole;
    const declarator = place.parent;
    const annotation: Node | undefined =
      declarator?.type === 'VariableDeclarator' ? declarator['id'].typeAnnotation : undefined;
    if (this.adapter.bare && annotation) this.edit(annotation.start, annotation.end, '');
    this.replace(place, text, strength);
  }

  private full(parse: Parse): { text: string; strength: Strength } {
    const fallback = parse.fallback && this.fallbackOf(parse);
    // Spreading null adds nothing, as spreading `{}` does.
    const isSpread = fallback === '{}' && wrapped(parse.whole).parent?.type === 'SpreadElement';
    const own = isSpread || this.asksField(parse) ? null : fallback;
    return this.withFallback(this.adapted(wrapped(parse.whole), own !== null), own);
  }

  /** `JSON.parse(text || '{}').field` → `…?.field`: the question mark says the same as the default. */
  private asksField(parse: Parse): boolean {
    if (!isFieldOfDefault(parse)) return false;
    const place = wrapped(parse.whole);
    const member = place.parent as Node;
    const end = outerSpan(place, this.module.text).end;
    if (!member['optional'])
      this.context.edits.insert(this.module, end, member['computed'] ? '?.' : '?', this.component);
    return true;
  }

  private fallbackOf(parse: Parse): string | null {
    const node = parse.fallbackNode;
    if (!node || !isGlobalFallback(this.context, node)) return parse.fallback;
    addSite(this.context, this.module, node, 'global-fallback');
    return '{}';
  }

  /** @param place Where the value stands, if its type could flow in from there. */
  private adapted(place: Node | null, hasFallback: boolean): { text: string; strength: Strength } {
    if (this.adapter.bare) return { text: this.read, strength: this.readStrength };
    const { shape } = this.adapter;
    const type =
      this.adapter.type ?? (place && demandsMore(this.context, this.module, place, hasFallback) ? 'any' : null);
    return {
      text: `toLegacyCredentials${type ? `<${type}>` : ''}(${this.read}${shape === 'camel' ? '' : `, '${shape}'`})`,
      strength: 'call',
    };
  }

  private withFallback(
    value: { text: string; strength: Strength },
    fallback: string | null,
  ): { text: string; strength: Strength } {
    if (!fallback) return value;
    const left = value.strength === 'await' ? `(${value.text})` : value.text;
    return { text: `${left} ?? ${fallback}`, strength: 'nullish' };
  }

  /** The object's variable, if its declaration can move to where the text is read. */
  private mergeTarget(parse: Parse): Node | null {
    const whole = wrapped(parse.whole);
    const declarator = whole.parent;
    if (declarator?.type !== 'VariableDeclarator' || declarator['id'].type !== 'Identifier' || parse.fallback)
      return null;
    if (!this.isAlone(declarator) || declarator.parent?.['kind'] !== 'const') return null;
    const own = (this.raw.declarator as Node).parent!;
    const statements = statementList(own);
    const isSameList = statements.includes(declarator.parent);
    const id: Node = declarator['id'];
    const binding = this.module.scopes.bindingOf(id);
    const holder = closest(own, (at) => at.type === 'BlockStatement' || at.type === 'Program') as Node;
    const others = this.module.scopes.all.filter(
      (b) => b !== binding && b.name === id['name'] && isInside(b.id, holder),
    );
    const isNested = isInside(declarator, holder) && enclosingFunction(declarator) === enclosingFunction(own);
    return isSameList || (isNested && others.length === 0 && !this.module.scopes.lookup(id['name'], own)) ? id : null;
  }

  private isAlone(declarator: Node): boolean {
    return (
      declarator.parent?.['declarations']?.length === 1 &&
      /BlockStatement|Program|SwitchCase/.test(declarator.parent.parent?.type ?? '')
    );
  }

  private isLaterInSameFunction(whole: Node): boolean {
    const declarator = this.raw.declarator as Node;
    return whole.start > declarator.start && enclosingFunction(whole) === enclosingFunction(declarator);
  }

  private removeStatement(declarator: Node): void {
    const span = lineSpan(this.module, declarator.parent as Node);
    this.context.edits.remove(this.module, span.start, span.end, this.component);
  }

  private replace(place: Node, text: string, strength: Strength): void {
    // Parentheses around a cast are not needed around a name or a call.
    const span = strength === 'call' ? outerSpan(place, this.module.text) : place;
    this.edit(span.start, span.end, fit(text, strength, place));
  }

  private edit(start: number, end: number, text: string): void {
    this.context.edits.replace(this.module, start, end, text, this.component);
  }
}

function annotationOf(text: string, id: Node): string {
  const annotation: Node | undefined = id['typeAnnotation'];
  return annotation ? text.slice(annotation.start, annotation.end) : '';
}
