/** Second stage: what becomes of each site. Joins the recognisers; decides nothing itself. */

import { relative, sep } from 'node:path';
import type { MigrateOptions, Plan, ScanResult, Site } from '../types.js';
import { makeConstants, type Constants } from './constants.js';
import type { PlanContext, SiteDraft } from './context.js';
import { makeDeclaredTypes } from './declared-types.js';
import { EditSet } from './edit-set.js';
import { evidenceFor } from './evidence.js';
import { findRequests } from './find-requests.js';
import { planGlobalFallbacks } from './global-fallback.js';
import { KeptTokens, type KeptUse } from './kept-tokens.js';
import { isCopy, keptUses } from './kept-uses.js';
import { makeParameters } from './parameter-defaults.js';
import { makeProject, type Project } from './project.js';
import { planFiles, type Findings } from './plan-files.js';
import { planSetup } from './plan-setup.js';
import { sitesByLine, type UnreadFiles, type UnreadSite } from './sites-by-line.js';
import { findStorageHooks } from './storage-hooks.js';
import { findHelperOperations } from './storage-helpers.js';
import { findStorageOperations } from './storage-operations.js';

/** @param takenBack Components that a check refused: what else uses their tokens is planned to go on with them. */
export function plan(scanned: ScanResult, options: MigrateOptions, takenBack: ReadonlySet<string> = new Set()): Plan {
  const project = makeProject(options.root, scanned, options.signals);
  const unread = sitesByLine(unreadFiles(project, scanned, options), options.signals);
  const context = planned(project, options, unread, takenBack);
  const setup = planSetup(context, unread);
  const migratesAnything = context.sites.some((site) => site.status === 'migrated');
  return {
    sites: [
      ...context.sites.map((draft) => finished(context, asTakenBack(draft, takenBack))),
      ...unread.map(({ site }) => site),
    ].sort(byPlace),
    // what is left is not told about a manager that nothing else uses
    edits: migratesAnything ? [...context.edits.finish(), ...context.pageEdits] : [],
    unparsable: context.project.unparsable,
    tokenComponents: tokenComponents(context),
    ...setup,
  };
}

/** Plans again for as long as a place turns out to be left whose token others use. */
function planned(
  project: Project,
  options: MigrateOptions,
  unread: readonly UnreadSite[],
  takenBack: ReadonlySet<string>,
): PlanContext {
  let uses: KeptUse[] = unread.flatMap((site) => site.uses);
  const helpers = new Set<string>();
  for (;;) {
    const kept = new KeptTokens(options.signals, uses, new Set(helpers));
    const context = makeContext(project, options, kept, takenBack);
    planFiles(context, findEverything(context));
    for (const module of project.modules) planGlobalFallbacks(context, module, migratedReads(context, module.rel));
    uses = [...uses, ...keptUses(context.sites, options.signals, { takenBack, root: options.root })];
    for (const helper of context.stayingHelpers) helpers.add(helper);
    if (new KeptTokens(options.signals, uses, helpers).size === kept.size) return context;
  }
}

function tokenComponents({ sites, signals }: PlanContext): string[] {
  const isToken = (key: string) => signals.tokenKeys.includes(key) || signals.expiryKeys.includes(key);
  const isUse = (s: SiteDraft) => s.access !== null && s.keys.some(isToken);
  // where a listener is taken back, the news for it stays
  const dropsNews = sites.some((s) => s.pattern === 'name' && s.status === 'migrated');
  const changed = sites.filter((s) => s.status === 'migrated' && (isUse(s) || (dropsNews && s.pattern === 'listener')));
  return [...new Set(changed.map((site) => site.component))];
}

function unreadFiles(project: Project, { candidates }: ScanResult, { root }: MigrateOptions): UnreadFiles {
  const unparsable = new Set(project.unparsable.map(({ file }) => file));
  return { candidates, unparsable, relative: (path) => relative(root, path).split(sep).join('/') };
}

function makeContext(
  project: Project,
  options: MigrateOptions,
  kept: KeptTokens,
  takenBack: ReadonlySet<string>,
): PlanContext {
  const parameters = makeParameters(
    () => project,
    (module, node) => constants.text(module, node),
  );
  const constants: Constants = makeConstants(project, (module, param) => parameters.valueOf(module, param));
  return {
    options,
    signals: options.signals,
    project,
    constants,
    parameters,
    types: makeDeclaredTypes(project),
    edits: new EditSet(),
    sites: [],
    requests: [],
    entryGates: new Map(),
    pageEdits: [],
    turnedAsync: new Set(),
    kept,
    takenBack,
    eventReads: [],
    stayingHelpers: new Set(),
    undoNames: new WeakMap(),
  };
}

function findEverything(context: PlanContext): Findings {
  const { project, constants, signals } = context;
  const storageHooks = findStorageHooks(context);
  const operations = [
    ...storageHooks.operations,
    ...project.modules.flatMap((module) => findStorageOperations(module, constants, signals)),
    ...findHelperOperations(project, constants, signals),
  ].sort((a, b) => a.node.start - b.node.start);
  const sure = operations.filter((operation) => operation.holds === 'credentials').map((operation) => operation.module);
  return {
    operations,
    storageHooks: storageHooks.hooks,
    requests: project.modules.flatMap((module) => findRequests(project, module, constants, signals)),
    hasEvidence: evidenceFor(project, signals, context.options.root, new Set(sure)),
  };
}

const migratedReads = (context: PlanContext, file: string) =>
  context.sites
    .filter((s) => s.file === file && s.pattern === 'read-credentials' && s.status === 'migrated')
    .map((s) => s.node);

/** A copy in a component that is taken back is none: it stores what its own request got. */
function asTakenBack(draft: SiteDraft, takenBack: ReadonlySet<string>): SiteDraft {
  const { reason: _, suggestion: __, ...rest } = draft;
  return takenBack.has(draft.component) && isCopy(draft) ? { ...rest, status: 'migrated' } : draft;
}

function finished(context: PlanContext, draft: SiteDraft): Site {
  const { module, span } = draft;
  const site: Site = {
    file: draft.file,
    line: draft.line,
    column: draft.column,
    pattern: draft.pattern,
    status: draft.status,
    before: module.text.slice(span.start, span.end),
    component: draft.component,
  };
  if (draft.status === 'migrated')
    site.after = draft.isCleanedUp ? '' : context.edits.outcome(module, span.start, span.end).trim();
  if (draft.reason) site.reason = draft.reason;
  if (draft.suggestion) site.suggestion = draft.suggestion;
  return site;
}

const byPlace = (a: Site, b: Site): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
