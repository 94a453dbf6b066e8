/** What a person may decide on before anything is written: the components, each with its sites. Asking is left to the command line. */
import type { Plan, Site, VerifyResult } from './types.js';

/** Edits that only make sense together: all of them or none. */
export interface Choice {
  component: string;
  sites: Site[];
}

/** The reason of a site that a person chose to leave. */
export const DECLINED = 'declined: you chose to leave it as it is';

/** In the order of their first site. */
export function choicesOf(plan: Pick<Plan, 'sites'>, { rolledBack }: Pick<VerifyResult, 'rolledBack'>): Choice[] {
  const choices = new Map<string, Choice>();
  for (const site of plan.sites) {
    if (site.status !== 'migrated' || rolledBack.has(site.component)) continue;
    const choice = choices.get(site.component) ?? { component: site.component, sites: [] };
    choice.sites.push(site);
    choices.set(site.component, choice);
  }
  return [...choices.values()];
}

/** The outcome that a second check goes on from. */
export function declining(result: VerifyResult, declined: ReadonlySet<string>): VerifyResult {
  const reasons = [...declined].map((component) => [component, DECLINED] as const);
  return { ...result, rolledBack: new Map([...result.rolledBack, ...reasons]) };
}
