/**
 * Who still uses a stored token after the run: writers and readers of one key must not be parted. Readers of a token that a left place
 * writes stay with it; writers of a token that a left place reads go on writing. What each recogniser does about it is its own.
 */
import type { LegacySignals } from '@worker-token/legacy-signals';

/** A use of a token key that stays as it is. */
export interface KeptUse {
  key: string;
  access: 'get' | 'set';
  /** `src/session.ts:12` */
  place: string;
}

export class KeptTokens {
  private readonly places = new Map<string, string>();

  constructor(
    private readonly signals: Pick<LegacySignals, 'tokenKeys' | 'expiryKeys'>,
    uses: readonly KeptUse[] = [],
    /** Functions that store a token, and that left calls use. */
    readonly helpers: ReadonlySet<string> = new Set(),
  ) {
    for (const { key, access, place } of uses) {
      const name = `${access} ${this.tokenOf(key)}`;
      if (!this.places.has(name)) this.places.set(name, place);
    }
  }

  /** Where one of the tokens goes on being stored. */
  writerOf(keys: readonly string[]): string | null {
    return this.placeOf('set', keys);
  }

  /** Where one of the tokens goes on being read from the storage. */
  readerOf(keys: readonly string[]): string | null {
    return this.placeOf('get', keys);
  }

  /** How much left places use: it grows from one planning to the next, or all is said. */
  get size(): number {
    return this.places.size + this.helpers.size;
  }

  private placeOf(access: KeptUse['access'], keys: readonly string[]): string | null {
    if (this.places.size === 0) return null;
    return keys.map((key) => this.places.get(`${access} ${this.tokenOf(key)}`)).find((place) => place) ?? null;
  }

  /** An expiry belongs to the token whose key its own begins with. */
  private tokenOf(key: string): string {
    const { tokenKeys, expiryKeys } = this.signals;
    if (!expiryKeys.includes(key)) return key;
    const owners = tokenKeys.filter((token) => key.startsWith(token)).sort((a, b) => b.length - a.length);
    return owners[0] ?? key;
  }
}
