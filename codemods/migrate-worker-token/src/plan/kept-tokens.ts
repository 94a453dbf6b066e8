/**
 * Who still uses a stored token after the run: writers and readers of one key must not be parted. Readers of a token that a left place
 * writes stay with it; writers of a token that a left place reads go on writing. What each recogniser does about it is its own.
 */
import type { LegacySignals } from '@worker-token/legacy-signals';
import { packageFolder } from '../setup-module/place-setup.js';
import type { SiteDraft } from './context.js';
import { sentenceOf } from './reasons.js';

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

/** Of the sites of one planning; `takenBack`: components that a check took back. */
export function keptUses(
  sites: readonly SiteDraft[],
  signals: LegacySignals,
  { takenBack, root }: { takenBack: ReadonlySet<string>; root: string },
): KeptUse[] {
  const isNeighbour = (site: SiteDraft) =>
    site.reason === NO_EVIDENCE &&
    sites.some((other) => other.status !== 'skipped' && sharesKey(other, site) && inOnePackage(other, site, root));
  return sites.flatMap((site) => {
    const access = site.access;
    const isKept = isLeftInUse(site) || takenBack.has(site.component) || isNeighbour(site);
    if (access === null || !isKept) return [];
    const isToken = (key: string) => signals.tokenKeys.includes(key) || signals.expiryKeys.includes(key);
    const place = `${site.file}:${site.line}`;
    const kinds = access === 'both' ? (['get', 'set'] as const) : [access];
    return site.keys.filter(isToken).flatMap((key) => kinds.map((kind) => ({ key, access: kind, place })));
  });
}

const sharesKey = (a: SiteDraft, b: SiteDraft): boolean => a.keys.some((key) => b.keys.includes(key));

/** One application has one storage: the same key there is the same token, even where the file itself does not say so. */
const inOnePackage = (a: SiteDraft, b: SiteDraft, root: string): boolean =>
  packageFolder(a.module.path, root) === packageFolder(b.module.path, root);

const NO_EVIDENCE = sentenceOf('no-evidence');
const MANAGER = sentenceOf('the-manager-itself');
const COPIES = [sentenceOf('token-reader-left'), sentenceOf('token-copy')];

/** It stays in the program, and stores or reads for itself: a write that only copies has the manager's token. */
export function isLeftInUse(site: Pick<SiteDraft, 'status' | 'reason'>): boolean {
  if (COPIES.some((reason) => site.reason?.startsWith(reason))) return false;
  return site.status === 'manual' || site.reason === MANAGER;
}
