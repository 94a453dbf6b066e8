/** Finds the line above which a comment about a place may stand: in front of a whole statement, so that it is never text. */
import { walk, type Node } from '../ast/node.js';

const STATEMENT = /Statement$|Declaration$|^ClassMethod$|^ClassProperty$|^ClassPrivateMethod$/;
const LIST = new Set(['Program', 'BlockStatement', 'ClassBody', 'SwitchCase', 'StaticBlock', 'TSModuleBlock']);

/** @returns Offset where the line of that statement begins; null where no statement around the place begins its line. */
export function commentPlace(program: Node, text: string, offset: number): number | null {
  let place: number | null = null;
  walk(program, (node) => {
    if (node !== program && (offset < node.start || offset >= node.end)) return false;
    if (!STATEMENT.test(node.type) || !LIST.has(node.parent?.type ?? '')) return true;
    const start = text.lastIndexOf('\n', node.start - 1) + 1;
    if (text.slice(start, node.start).trim() === '') place = start;
    return true;
  });
  return place;
}
