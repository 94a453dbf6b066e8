/** Syntax nodes as Babel makes them, and how to walk them. What they mean is left to the recognisers. */

/** A Babel node with its offsets in the text, and its parent. */
export interface Node {
  type: string;
  start: number;
  end: number;
  parent: Node | null;
  // Babel's node types are a union of 250 shapes; the recognisers check `type` before they read a field.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  [field: string]: any;
}

const NOT_CHILDREN = new Set([
  'parent',
  'loc',
  'extra',
  'tokens',
  'errors',
  'comments',
  'leadingComments',
  'trailingComments',
  'innerComments',
]);

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** The children in the order of the fields, which is close to the order of the text. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const field of Object.keys(node)) {
    if (NOT_CHILDREN.has(field)) continue;
    const value: unknown = node[field];
    if (Array.isArray(value)) found.push(...value.filter(isNode));
    else if (isNode(value)) found.push(value);
  }
  return found;
}

/** Calls `visit` for the node and everything below it; `false` stops the descent. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

/** All nodes below (and with) `root` that `test` accepts. */
export function findAll(root: Node, test: (node: Node) => boolean): Node[] {
  const found: Node[] = [];
  walk(root, (node) => {
    if (test(node)) found.push(node);
  });
  return found;
}

/** Sets `parent` on every node below `root`. */
export function linkParents(root: Node): void {
  for (const child of childrenOf(root)) {
    child.parent = root;
    linkParents(child);
  }
}

/** The nearest ancestor (or the node itself) that `test` accepts. */
export function closest(node: Node | null, test: (node: Node) => boolean): Node | null {
  for (let at = node; at; at = at.parent) if (test(at)) return at;
  return null;
}

export function isInside(node: Node, ancestor: Node): boolean {
  return closest(node, (at) => at === ancestor) !== null;
}

/** The start and end of an expression with the parentheses around it. */
export function outerSpan(node: Node, text: string): { start: number; end: number } {
  let { start, end } = node;
  if (!node.extra?.parenthesized) return { start, end };
  while (start > 0 && text[start] !== '(') start--;
  while (end < text.length && text[end] !== ')') end++;
  return { start: (node.extra.parenStart as number | undefined) ?? start, end: end + 1 };
}
