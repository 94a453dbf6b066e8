// Where a text speaks of secrets: found once, then asked for any range at the cost of a binary search.
import type { Node } from 'estree';

const secret = /token|secret|cred|jwt|bearer|eyJ/i;
const storage = /storage|cookie|indexedDB|objectStore|\bidb|dexie|localforage|persist/i;
/** All words that the rules begin with, sought in one go: most files of a project have none of them. */
const any = new RegExp(`${secret.source}|${storage.source}|clearAll`, 'i');
const each = new RegExp(secret, 'gi');
const known = new WeakMap<object, number[]>();

/** Something with a text, and its tree: a module, or ESLint's source code. */
interface Readable {
  text: string;
  ast: object;
}

function placesIn({ ast, text }: Readable): number[] {
  let places = known.get(ast);
  if (!places) known.set(ast, (places = speaks({ ast, text }) ? search(text) : []));
  return places;
}

/** One expression for all files: a copy of it, which `matchAll` makes, would be compiled anew each time. */
function search(text: string): number[] {
  const places: number[] = [];
  each.lastIndex = 0;
  for (let match = each.exec(text); match; match = each.exec(text)) places.push(match.index);
  return places;
}

/** Is there a word of tokens, secrets or credentials at all? */
export const speaksOfSecrets = (source: Readable) => placesIn(source).length > 0;

/** Is there one in the source of a node? */
export function mentionsSecret(node: Node, source: Readable): boolean {
  const places = placesIn(source);
  const [from, to] = node.range ?? [0, 0];
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return (places[low] ?? Infinity) < to;
}

const words = new WeakMap<RegExp, WeakMap<object, boolean>>();

/** Has the text any word at all that a rule begins with? */
export const speaks = (source: Readable) => speaksOf(any, source);

/** Is there a word of storage? */
export const speaksOfStorage = (source: Readable) => speaks(source) && speaksOf(storage, source);

/** The same of a text that is not parsed. */
export const textSpeaksOfSecrets = (text: string) => secret.test(text);

/** Does the text have a word anywhere? Asked of each file once for each expression. */
export function speaksOf(word: RegExp, { ast, text }: Readable): boolean {
  let answers = words.get(word);
  if (!answers) words.set(word, (answers = new WeakMap()));
  let answer = answers.get(ast);
  if (answer === undefined) answers.set(ast, (answer = word.test(text)));
  return answer;
}
