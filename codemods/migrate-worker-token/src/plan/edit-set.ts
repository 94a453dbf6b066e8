/** Collects edits of many recognisers, and makes plain, non-overlapping spans of them. Knows nothing about what they mean. */
import { closest, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import type { Edit } from '../types.js';
import type { Module } from './module.js';

interface PendingEdit {
  module: Module;
  start: number;
  end: number;
  text: string | (() => string);
  component: string;
  /** Inner edits are meant to disappear with it (a removal) or are rendered by `text()`. */
  order: number;
}

export class EditSet {
  private readonly byModule = new Map<Module, PendingEdit[]>();
  private readonly removed = new Map<Module, { start: number; end: number }[]>();
  private readonly claims = new Map<Module, Node[]>();
  private readonly covers = new Map<Module, Node[]>();
  private readonly settled = new Set<Node>();
  private count = 0;

  replace(module: Module, start: number, end: number, text: string | (() => string), component: string): void {
    const list = this.byModule.get(module) ?? [];
    list.push({ module, start, end, text, component, order: this.count++ });
    this.byModule.set(module, list);
  }

  insert(module: Module, at: number, text: string | (() => string), component: string): void {
    this.replace(module, at, at, text, component);
  }

  /** Takes the text away, and counts everything in it as gone. */
  remove(module: Module, start: number, end: number, component: string): void {
    this.replace(module, start, end, '', component);
    this.markRemoved(module, start, end);
  }

  /** Counts everything in the span as gone, where a replacement takes its place. */
  markRemoved(module: Module, start: number, end: number): void {
    const list = this.removed.get(module) ?? [];
    list.push({ start, end });
    this.removed.set(module, list);
  }

  /** Says that a recogniser has dealt with the node and everything in it. */
  claim(module: Module, node: Node): void {
    const list = this.claims.get(module) ?? [];
    list.push(node);
    this.claims.set(module, list);
  }

  /** Says that what the node says about keys is dealt with; reads in it are not. */
  cover(module: Module, node: Node): void {
    const list = this.covers.get(module) ?? [];
    list.push(node);
    this.covers.set(module, list);
  }

  isCovered(module: Module, node: Node): boolean {
    const list = [...(this.covers.get(module) ?? []), ...(this.claims.get(module) ?? [])];
    return list.some((c) => c.start <= node.start && node.end <= c.end);
  }

  /** Says that the node has its edit and its site. */
  settle(module: Module, node: Node): void {
    this.cover(module, node);
    this.settled.add(node);
  }

  isSettled(node: Node): boolean {
    return this.settled.has(node);
  }

  isClaimed(module: Module, node: Node): boolean {
    return (this.claims.get(module) ?? []).some((c) => c.start <= node.start && node.end <= c.end);
  }

  /** True if the node's text is taken away by an edit. */
  isGone(module: Module, node: Node): boolean {
    return (this.removed.get(module) ?? []).some((span) => span.start <= node.start && node.end <= span.end);
  }

  /** True if the node's text is going away, directly or as the value of a name that nothing uses any more. */
  isRemoved(module: Module, node: Node, depth = 0): boolean {
    const spans = this.removed.get(module) ?? [];
    if (spans.some((span) => span.start <= node.start && node.end <= span.end)) return true;
    if (spans.length === 0 || depth > 6) return false;
    const declarator = closest(node, (at) => at.type === 'VariableDeclarator' || /Statement$/.test(at.type));
    if (declarator?.type !== 'VariableDeclarator' || declarator['id'].type !== 'Identifier') return false;
    const binding = module.scopes.bindingOf(declarator['id']);
    return binding !== undefined && this.isDead(module, binding, depth + 1);
  }

  /** Every mention of the name is going away. */
  isDead(module: Module, binding: Binding, depth = 0): boolean {
    return binding.references.length > 0 && binding.references.every((r) => this.isRemoved(module, r, depth));
  }

  /** The text of a span with the edits inside it made. */
  render(module: Module, start: number, end: number): string {
    const inside = this.outermost(module, start, end);
    let text = '';
    let at = start;
    for (const edit of inside) {
      text += module.text.slice(at, edit.start) + textOf(edit);
      at = edit.end;
    }
    return text + module.text.slice(at, end);
  }

  /** Files with an edit. */
  modules(): Module[] {
    return [...this.byModule.keys()];
  }

  /** What stands where the span was: its text with the edits inside it made, or the text of the edit that it lies in. */
  outcome(module: Module, start: number, end: number): string {
    const around = this.outermost(module, 0, module.text.length).find(
      (edit) => edit.start <= start && end <= edit.end && edit.start < edit.end,
    );
    return around ? textOf(around) : this.render(module, start, end);
  }

  finish(): Edit[] {
    const all: Edit[] = [];
    for (const module of this.byModule.keys()) {
      for (const edit of this.outermost(module, 0, module.text.length)) {
        const text = textOf(edit);
        if (module.text.slice(edit.start, edit.end) === text) continue;
        all.push({ file: module.path, start: edit.start, end: edit.end, text, component: edit.component });
      }
    }
    return all;
  }

  /** Edits in the span that are not inside another one, in the order of the text. */
  private outermost(module: Module, start: number, end: number): PendingEdit[] {
    const inside = (this.byModule.get(module) ?? []).filter(
      (e) => e.start >= start && e.end <= end && !isSame(e, start, end),
    );
    const sorted = inside.sort((a, b) => a.start - b.start || b.end - a.end || a.order - b.order);
    const kept: PendingEdit[] = [];
    for (const edit of sorted) {
      if (!kept.some((outer) => contains(outer, edit))) kept.push(edit);
    }
    return kept.sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  }
}

const textOf = (edit: PendingEdit): string => (typeof edit.text === 'string' ? edit.text : edit.text());

const isSame = (edit: PendingEdit, start: number, end: number): boolean =>
  edit.start === start && edit.end === end && start !== end;

function contains(outer: PendingEdit, inner: PendingEdit): boolean {
  if (outer.start === outer.end) return false;
  if (inner.start === inner.end) return outer.start < inner.start && inner.start < outer.end;
  return outer.start <= inner.start && inner.end <= outer.end;
}
