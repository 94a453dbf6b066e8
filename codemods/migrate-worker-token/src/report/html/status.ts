/** What the page calls the four ends that a site can come to, and a bar that shows how many came to which. */
import type { SiteStatus } from '../../types.js';
import { escape } from './escape.js';

/** In the order of bars and filters. */
export const STATUSES = ['migrated', 'manual', 'rolled-back', 'skipped'] as const satisfies readonly SiteStatus[];

export const STATUS_TEXT: Readonly<Record<SiteStatus, string>> = {
  migrated: 'migrated',
  manual: 'left for you',
  'rolled-back': 'rolled back',
  skipped: 'skipped',
};

export type Counts = Readonly<Record<SiteStatus, number>>;

export function countsOf(sites: readonly { status: SiteStatus }[]): Counts {
  const counts = { migrated: 0, manual: 0, 'rolled-back': 0, skipped: 0 };
  for (const { status } of sites) counts[status]++;
  return counts;
}

/** Widths are attributes, so that no style has to be allowed. */
export function barOf(counts: Counts): string {
  const total = STATUSES.reduce((sum, status) => sum + counts[status], 0) || 1;
  const present = STATUSES.filter((status) => counts[status] > 0);
  const label = present.map((status) => `${counts[status]} ${STATUS_TEXT[status]}`).join(', ');
  let x = 0;
  const parts = present.map((status) => {
    const width = (counts[status] / total) * 100;
    const part = `<rect class="${status}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="10"/>`;
    x += width;
    return part;
  });
  const box = 'viewBox="0 0 100 10" preserveAspectRatio="none"';
  return `<svg class="bar" role="img" aria-label="${escape(label)}" ${box}>${parts.join('')}</svg>`;
}
