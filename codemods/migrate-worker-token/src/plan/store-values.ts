/** What an expression gives, as far as it only depends on what is stored. */

/** Which records are stored, in one imagined browser. */
export interface World {
  token: boolean;
  credentials: boolean;
}

/** Every browser that a piece of code can meet. */
export const WORLDS: readonly World[] = [
  { token: false, credentials: false },
  { token: true, credentials: false },
  { token: false, credentials: true },
  { token: true, credentials: true },
];

export type StoreValue =
  /** `null`, `undefined`, `''`, `true`, `'yes'`, `0`, as it is written. */
  | { kind: 'literal'; text: string }
  | { kind: 'token' }
  /** The credentials as they are stored, and parsed. */
  | { kind: 'json' }
  | { kind: 'record' }
  /** `{}`, where nothing is stored. */
  | { kind: 'empty' }
  | { kind: 'field'; name: string }
  /** `record.name || 'text'`. */
  | { kind: 'default'; name: string; operator: '||' | '??'; text: string }
  /** An event, and what is asked about it: it may be either. */
  | { kind: 'event' }
  /** `x !== state`: where it is not so, setting changes nothing. */
  | { kind: 'change'; isDifferent: boolean }
  | { kind: 'unknown' };

export const literal = (text: string): StoreValue => ({ kind: 'literal', text });
export const UNKNOWN: StoreValue = { kind: 'unknown' };
export const UNDEFINED = literal('undefined');
export const EVENT: StoreValue = { kind: 'event' };

/** Fields that the manager's credentials have as the old record had them: text that is always there. */
const FIELDS = new Set(['environmentId', 'clientId', 'clientSecret']);
const FALSY = new Set(['null', 'undefined', "''", '""', 'false', '0', '``']);

export const isSame = (a: StoreValue, b: StoreValue): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Null where it cannot be known. */
export function truthOf(value: StoreValue): boolean | null {
  switch (value.kind) {
    case 'literal':
      return !FALSY.has(value.text);
    case 'token':
    case 'json':
    case 'record':
    case 'empty':
      return true;
    case 'change':
      return value.isDifferent;
    default:
      return null;
  }
}

/** Null where it cannot be known. */
export function isNullish(value: StoreValue): boolean | null {
  if (value.kind === 'literal') return value.text === 'null' || value.text === 'undefined';
  return ['token', 'json', 'record', 'empty'].includes(value.kind) ? false : null;
}

export function fieldOf(value: StoreValue, name: string | null, isOptional: boolean): StoreValue {
  if (value.kind === 'event') return EVENT;
  if (value.kind === 'empty') return UNDEFINED;
  if (value.kind === 'record' && name !== null && FIELDS.has(name)) return { kind: 'field', name };
  return isOptional && isNullish(value) === true ? UNDEFINED : UNKNOWN;
}

export function parsed(value: StoreValue): StoreValue {
  if (value.kind === 'json') return { kind: 'record' };
  if (value.kind !== 'literal') return UNKNOWN;
  if (/^.\{\s*\}.$/.test(value.text)) return { kind: 'empty' };
  return /^.?null.?$/.test(value.text) ? literal('null') : UNKNOWN;
}

/** `left || right`, `left ?? right`, `left && right`. */
export function joined(operator: string, left: StoreValue, right: () => StoreValue): StoreValue {
  if (left.kind === 'unknown') return UNKNOWN;
  const decides = operator === '??' ? invert(isNullish(left)) : truthOf(left);
  const takesLeft = operator === '&&' ? invert(decides) : decides;
  if (takesLeft !== null) return takesLeft ? left : right();
  if (left.kind === 'event') return right().kind === 'unknown' ? UNKNOWN : EVENT;
  const other = right();
  if (left.kind !== 'field' || operator === '&&' || other.kind !== 'literal') return UNKNOWN;
  return { kind: 'default', name: left.name, operator: operator as '||' | '??', text: other.text };
}

/** `left === right` and its like. */
export function compared(operator: string, left: StoreValue, right: StoreValue): StoreValue {
  if (!/^[!=]==?$/.test(operator) || left.kind === 'unknown' || right.kind === 'unknown') return UNKNOWN;
  if (left.kind === 'event' || right.kind === 'event') return EVENT;
  const [empty, other] = isNullish(left) === true ? [left, right] : [right, left];
  const isEqual = operator.length === 2 && isNullish(empty) === true ? isNullish(other) : equality(left, right);
  return isEqual === null ? UNKNOWN : literal(String(isEqual === operator.startsWith('=')));
}

function equality(left: StoreValue, right: StoreValue): boolean | null {
  if (left.kind === 'literal' && right.kind === 'literal') return left.text === right.text;
  const nullish = [isNullish(left), isNullish(right)];
  return nullish.includes(true) && nullish.includes(false) ? false : null;
}

const invert = (truth: boolean | null): boolean | null => (truth === null ? null : !truth);
