// Whether an access to browser storage is a defect, and of what kind: by its key, then by the value that is written.
import type { Node } from 'estree';
import type { Access } from '../ast/access.js';
import { calledFunction, returnsOf } from '../ast/functions.js';
import { ancestorOf, type Module } from '../ast/module.js';
import { keyOf } from '../ast/property.js';
import type { PersistedAccess } from '../ast/state-library.js';
import { possibleStrings } from '../ast/strings.js';
import { isHarmless } from './harmless-value.js';
import type { KeyJudge, KeyVerdict } from './sensitive-keys.js';
import { namesAnotherTrade, sensitiveName, strongest, type NameVerdict } from './sensitive-name.js';
import { sensitiveValue } from './sensitive-value.js';

export interface Finding extends KeyVerdict {
  /** As it is shown to people: the key, or null when the value gave it away. */
  key: string | null;
}

export function judgeAccess(access: PersistedAccess | Access, module: Module, keys: KeyJudge): Finding | null {
  const names = namesOf(access, module);
  const listed = 'names' in access ? access.names : undefined;
  if (names.some((name) => keys.isAnothers(name)) && !isSure(access.value, module)) return null;
  const found = listed ? byNames(listed, module, keys) : byKey(names, access, module, keys);
  if (found) return found.known || access.operation !== 'read' || !isCleanUp(access.node, module) ? found : null;
  return access.operation === 'write' && !listed ? byValue(names, access, module) : null;
}

const namesOf = ({ key }: Access, module: Module): string[] =>
  key === null ? [] : typeof key === 'string' ? [key] : possibleStrings(key, module);

const isSure = (value: Node | null, module: Module) => {
  const verdict = value && sensitiveValue(value, module);
  return verdict?.sure === true;
};

function byKey(names: string[], { operation, store, value }: Access, module: Module, keys: KeyJudge): Finding | null {
  for (const key of names) {
    const verdict = keys.judge(key);
    if (!verdict) continue;
    const writesNothing =
      operation === 'write' && value !== null && store !== 'a persisted store' && isHarmless(value, module);
    return writesNothing ? null : { ...verdict, key: key.replaceAll('\0', '…') };
  }
  return null;
}

function byNames(listed: Node[], module: Module, keys: KeyJudge): Finding | null {
  const names = listed.flatMap((entry) => possibleStrings(entry, module));
  return byKey(
    names,
    { operation: 'read', store: 'a persisted store', key: null, value: null, node: listed[0] as Node },
    module,
    keys,
  );
}

function byValue(names: string[], { value, store }: Access, module: Module): Finding | null {
  if (!value) return null;
  const verdict = sensitiveValue(value, module) ?? (store === 'a persisted store' ? stateSlot(value, module) : null);
  if (!verdict) return null;
  if (!verdict.sure && names.some((name) => namesAnotherTrade(name))) return null;
  return { kind: verdict.kind, known: false, key: null };
}

/** `accessToken: null` in the first state of a persisted store: the place is kept, whatever is in it now. */
function stateSlot(state: Node, module: Module, depth = 0): NameVerdict | null {
  if (state.type !== 'ObjectExpression' || depth > 3) return null;
  return strongest(
    state.properties.map((entry) => {
      if (entry.type === 'SpreadElement') return stateSlots(entry.argument, module, depth);
      const name = keyOf(entry);
      return name !== null && isSlot(entry.value) ? sensitiveName(name) : null;
    }),
  );
}

/** `...createAuthSlice(set, get)`. */
function stateSlots(slice: Node, module: Module, depth: number): NameVerdict | null {
  if (slice.type !== 'CallExpression') return null;
  const maker = calledFunction(slice.callee, module);
  return maker && strongest(returnsOf(maker.node).map((made) => stateSlot(made, maker.module, depth + 1)));
}

/** A value that may hold text later: not a flag, a number or a function. */
function isSlot(value: Node): boolean {
  const { value: written } = value as { value?: unknown };
  return /^(Literal|Identifier|CallExpression|TS\w+)$/.test(value.type) && !/^(boolean|number)$/.test(typeof written);
}

/** `if (localStorage.getItem('access_token')) localStorage.removeItem('access_token')`. */
function isCleanUp(node: Node, module: Module): boolean {
  const statement = ancestorOf(node, /^(IfStatement|.*Function.*|Program)$/);
  if (statement?.type !== 'IfStatement') return false;
  const [from] = node.range ?? [0];
  const [start, end] = statement.consequent.range ?? [0, 0];
  if (from >= start) return false;
  const text = module.text.slice(start, end);
  return (
    /removeItem|\.delete\(|\.remove\(|Max-Age=0/i.test(text) &&
    text.split(/;|\n/).filter((line) => line.trim().length > 2).length <= 3
  );
}
