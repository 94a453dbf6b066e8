/** The names of a module's exported functions that are async. */
import { findAll, type Node } from './node.js';

export function exportedAsync(program: Node): string[] {
  const exports = findAll(program, (node) => /^Export(Named|Default)Declaration$/.test(node.type));
  return exports.flatMap((node): string[] => {
    const declaration: Node | null = node['declaration'];
    if (!declaration) return [];
    const declared: Node[] = declaration['declarations'] ?? [declaration];
    return declared
      .filter((each) => each['async'] === true || each['init']?.async === true)
      .map((each) => String(each['id']?.name ?? 'default'));
  });
}
