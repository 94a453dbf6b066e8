/** Imports and set-up modules for the files that have edits. */
import type { Plan, SetupModule } from '../types.js';
import { packageFolder, placeSetup, type Placement } from '../setup-module/place-setup.js';
import { renderSetup } from '../setup-module/render-setup.js';
import type { PlanContext, SiteDraft } from './context.js';
import { isLeftInUse } from './kept-uses.js';
import type { UnreadSite } from './sites-by-line.js';
import { renderEntryGate } from './entry-gate.js';
import { makeModule, type Module } from './module.js';
import { importLists } from './import-addresses.js';
import { importBetween } from './package-imports.js';
import { planStartGate } from './start-gate.js';

export function planSetup(
  context: PlanContext,
  unread: readonly UnreadSite[],
): Pick<Plan, 'creates' | 'imports' | 'setups'> {
  const migrated = context.sites.filter((site) => site.status === 'migrated');
  if (migrated.length === 0) return { creates: [], imports: {}, setups: [] };
  const changed = new Set([...migrated.map((site) => site.module), ...context.edits.modules()]);
  const gates = planStartGate(context);
  for (const entry of gates.changed) changed.add(entry);
  const starts = gates.created.map((gate) => ({ gate, module: makeModule(gate.path, '', '') }));
  for (const { module } of starts) changed.add(module);
  const placement = placeSetup(context.options, context.project.modules, [...changed], importLists(context.project));
  const gated = [...gates.changed, ...gates.created].map(({ path }) => packageFolder(path, context.options.root));
  for (const setup of placement.setups) {
    if (gated.includes(packageFolder(setup.path, context.options.root))) continue;
    for (const { path } of placement.filesOf.get(setup.path) ?? [])
      Object.assign(placement.imports[path] ?? {}, { loadsSetup: true });
  }
  const setups = placement.setups.map((place): SetupModule => {
    const own = servedBy(context, place.path, placement);
    const delegate = delegateOf(context, place.path, placement);
    const files = new Set(own.flatMap((path) => placement.filesOf.get(path) ?? []));
    return { ...place, ...contentOf(context, files, unread), ...(delegate === null ? {} : { delegate }) };
  });
  for (const setup of setups) noteBridges(context, setup);
  return {
    creates: [
      ...setups.map((setup) => ({ path: setup.path, text: renderSetup(setup), component: setup.component })),
      ...starts.map(({ gate }) => {
        const manager = placement.imports[gate.path]?.manager ?? '';
        return { path: gate.path, text: renderEntryGate(gate, manager), component: 'gate' };
      }),
    ],
    imports: placement.imports,
    setups,
  };
}

/** The set-up modules whose packages import this one's, and itself: what they need is configured here. */
function servedBy(context: PlanContext, path: string, placement: Placement): string[] {
  const others = placement.setups.filter(
    (other) => other.path !== path && importOf(context, other.path, path) !== null,
  );
  return [path, ...others.map((other) => other.path)];
}

/** The address by which this package imports another one with a set-up module: configuring can be done once, and is done there. */
function delegateOf(context: PlanContext, path: string, placement: Placement): string | null {
  const others = placement.setups.filter((other) => other.path !== path);
  return others.map((other) => importOf(context, path, other.path)).find((address) => address !== null) ?? null;
}

function importOf({ project, options }: PlanContext, from: string, to: string): string | null {
  return importBetween(project, packageFolder(from, options.root), packageFolder(to, options.root));
}

/** Left sites count wherever they are in the project: they share the browser's storage. */
function contentOf(
  context: PlanContext,
  files: Set<Module>,
  unread: readonly UnreadSite[],
): Pick<SetupModule, 'keys' | 'requests'> {
  const keys = context.sites.flatMap((site) => {
    const holds = site.holds === 'credentials' || site.holds === 'secret' ? 'credentials' : 'token';
    const isKey = site.holds !== 'dynamic' || isLeft(site);
    const counts = site.holds && site.holds !== 'request' && site.holds !== 'secret' && isKey;
    const isOurs = site.status === 'migrated' ? files.has(site.module) : isLeft(site);
    if (!counts || !isOurs) return [];
    return site.keys.map((key) => ({
      key,
      holds: context.signals.credentialKeys.includes(key)
        ? ('credentials' as const)
        : holds === 'credentials' && !isTokenKey(context, key)
          ? holds
          : ('token' as const),
      status: site.status === 'migrated' ? ('migrated' as const) : ('manual' as const),
      component: site.component,
    }));
  });
  const requests = context.requests
    .filter((request) => files.has(request.module))
    .map(({ kind, url, generation, component }) => ({ kind, url, generation, component }));
  const unreadKeys = unread.flatMap(({ site, credentialKeys, uses }) => [
    ...credentialKeys.map((key) => ({ key, holds: 'credentials' as const, component: site.component })),
    ...uses
      .filter(({ key }) => isTokenKey(context, key))
      .map(({ key }) => ({ key, holds: 'token' as const, component: site.component })),
  ]);
  return { keys: [...keys, ...unreadKeys.map((entry) => ({ ...entry, status: 'manual' as const }))], requests };
}

/** Also a write that only serves a left reader. */
const isLeft = (site: SiteDraft): boolean => site.status === 'manual' || isLeftInUse(site);

const isTokenKey = (context: PlanContext, key: string): boolean =>
  context.signals.tokenKeys.includes(key) || context.signals.expiryKeys.includes(key);

/** A left site with a credentials key lives on through the bridge, and says so. */
function noteBridges(context: PlanContext, setup: SetupModule): void {
  const migrated = new Set(setup.keys.filter((entry) => entry.status === 'migrated').map((entry) => entry.key));
  const isBridged = (site: SiteDraft) =>
    site.status === 'manual' && site.holds === 'credentials' && site.keys.some((key) => migrated.has(key));
  for (const site of context.sites.filter(isBridged)) {
    site.suggestion = `${site.suggestion ?? ''}; until then the key is listed in \`legacy.bridge\``.replace(/^; /, '');
  }
}
