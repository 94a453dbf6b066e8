/** Which sites of a planning go on using a stored token: the left ones, and those that a check took back. */
import type { LegacySignals } from '@worker-token/legacy-signals';
import { packageFolder } from '../setup-module/place-setup.js';
import type { SiteDraft } from './context.js';
import type { KeptUse } from './kept-tokens.js';
import { sentenceOf } from './reasons.js';

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

/** A write that would have gone, but for a reader or a parameter that stays. */
export const isCopy = (site: Pick<SiteDraft, 'reason'>): boolean =>
  COPIES.some((reason) => site.reason?.startsWith(reason));

/** It stays in the program, and stores or reads for itself: a write that only copies has the manager's token. */
export function isLeftInUse(site: Pick<SiteDraft, 'status' | 'reason'>): boolean {
  if (isCopy(site)) return false;
  return site.status === 'manual' || site.reason === MANAGER;
}
