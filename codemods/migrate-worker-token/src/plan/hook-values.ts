/** The hook that gives what a state repeats, as text. */
import { isSame, type StoreValue } from './store-values.js';

export type HookName = 'useWorkerToken' | 'useWorkerCredentials';

export interface HookValue {
  hook: HookName;
  /** With the form's secret. */
  withSecret: boolean;
  /** The value, where `stored` is what the hook gives: the token, or the credentials, or null. */
  text(stored: string): string;
  /** It is nothing but the token. */
  isWhole: boolean;
}

/** @param values By world: nothing stored, a token, credentials, both. Null where no hook gives just that. */
export function hookValueOf(values: readonly StoreValue[]): HookValue | null {
  const [none, token, credentials, both] = values as [StoreValue, StoreValue, StoreValue, StoreValue];
  const isOfToken = isSame(none, credentials) && isSame(token, both);
  const isOfCredentials = isSame(none, token) && isSame(credentials, both);
  if (isOfToken === isOfCredentials) return null;
  const present = isOfToken ? token : credentials;
  const text = textOf(none, present);
  if (!text) return null;
  return {
    hook: isOfToken ? 'useWorkerToken' : 'useWorkerCredentials',
    withSecret: 'name' in present && present.name === 'clientSecret',
    text,
    isWhole: present.kind === 'token' && isSame(none, { kind: 'literal', text: 'null' }),
  };
}

export function hookCall({ hook, withSecret }: Pick<HookValue, 'hook' | 'withSecret'>): string {
  if (hook === 'useWorkerToken') return 'useWorkerToken({ autoFetch: false })';
  return `useWorkerCredentials(${withSecret ? '{ withSecret: true }' : ''})`;
}

/** What of its answer is the stored thing. */
export const storedIn = (hook: HookName): string => (hook === 'useWorkerToken' ? 'token' : 'credentials');

function textOf(absent: StoreValue, present: StoreValue): ((stored: string) => string) | null {
  if (absent.kind !== 'literal') return null;
  switch (present.kind) {
    case 'token':
      return (stored) => (absent.text === 'null' ? stored : `${stored} ?? ${absent.text}`);
    case 'literal':
      return (stored) => choice(stored, present.text, absent.text);
    case 'field':
      return (stored) => `${stored}?.${present.name}${absent.text === 'undefined' ? '' : ` ?? ${absent.text}`}`;
    case 'default':
      return present.text === absent.text
        ? (stored) => `${stored}?.${present.name} ${present.operator} ${present.text}`
        : null;
    default:
      return null;
  }
}

function choice(stored: string, present: string, absent: string): string {
  if (present === 'true' && absent === 'false') return `${stored} !== null`;
  if (present === 'false' && absent === 'true') return `${stored} === null`;
  return `${stored} !== null ? ${present} : ${absent}`;
}
