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
import { makeParameters } from './parameter-defaults.js';
import { makeProject } from './project.js';
import { planFiles, type Findings } from './plan-files.js';
import { planSetup } from './plan-setup.js';
import { sitesByLine, type UnreadFiles } from './sites-by-line.js';
import { findHelperOperations } from './storage-helpers.js';
import { findStorageOperations } from './storage-operations.js';

export function plan(scanned: ScanResult, options: MigrateOptions): Plan {
  const context = makeContext(scanned, options);
  const findings = findEverything(context);
  planFiles(context, findings);
  for (const module of context.project.modules)
    planGlobalFallbacks(context, module, migratedReads(context, module.rel));
  const setup = planSetup(context);
  return {
    sites: [
      ...context.sites.map((draft) => finished(context, draft)),
      ...sitesByLine(unreadFiles(context, scanned), options.signals),
    ].sort(byPlace),
    edits: [...context.edits.finish(), ...context.pageEdits],
    unparsable: context.project.unparsable,
    ...setup,
  };
}

function unreadFiles({ project, options }: PlanContext, { candidates }: ScanResult): UnreadFiles {
  const unparsable = new Set(project.unparsable.map(({ file }) => file));
  return { candidates, unparsable, relative: (path) => relative(options.root, path).split(sep).join('/') };
}

function makeContext(scanned: ScanResult, options: MigrateOptions): PlanContext {
  const project = makeProject(options.root, scanned.candidates);
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
  };
}

function findEverything(context: PlanContext): Findings {
  const { project, constants, signals } = context;
  const operations = [
    ...project.modules.flatMap((module) => findStorageOperations(module, constants, signals)),
    ...findHelperOperations(project, constants, signals),
  ].sort((a, b) => a.node.start - b.node.start);
  const sure = operations.filter((operation) => operation.holds === 'credentials').map((operation) => operation.module);
  return {
    operations,
    requests: project.modules.flatMap((module) => findRequests(project, module, constants, signals)),
    hasEvidence: evidenceFor(project, signals, context.options.root, new Set(sure)),
  };
}

const migratedReads = (context: PlanContext, file: string) =>
  context.sites
    .filter((s) => s.file === file && s.pattern === 'read-credentials' && s.status === 'migrated')
    .map((s) => s.node);

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
  if (draft.status === 'migrated') site.after = context.edits.render(module, span.start, span.end).trim();
  if (draft.reason) site.reason = draft.reason;
  if (draft.suggestion) site.suggestion = draft.suggestion;
  return site;
}

const byPlace = (a: Site, b: Site): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
