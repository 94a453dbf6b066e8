/** What all recognisers of one run share: the project, the resolvers, the edits and the sites so far. */
import type { KeyKind, LegacySignals } from '@worker-token/legacy-signals';
import { closest, type Node } from '../ast/node.js';
import { enclosingStatement, keyName } from '../ast/shapes.js';
import type { Edit, MigrateOptions, Site, SiteStatus } from '../types.js';
import type { Constants } from './constants.js';
import type { DeclaredTypes } from './declared-types.js';
import type { EditSet } from './edit-set.js';
import type { Module } from './module.js';
import type { Parameters } from './parameter-defaults.js';
import type { Project } from './project.js';
import type { KeptTokens } from './kept-tokens.js';
import type { Rewritten } from './rewritten-request.js';
import type { StorageOperation } from './storage-operations.js';
import { sentenceOf, suggestionOf, type Reason } from './reasons.js';

export interface PlanContext {
  options: MigrateOptions;
  signals: LegacySignals;
  project: Project;
  constants: Constants;
  parameters: Parameters;
  types: DeclaredTypes;
  edits: EditSet;
  sites: SiteDraft[];
  /** Places of `--gate entry`, by package folder. */
  entryGates: Map<string, EntryGate | 'done' | null>;
  /** Edits of pages that are not source. */
  pageEdits: Edit[];
  /** Components that a check refused: they stay as they were. */
  takenBack: ReadonlySet<string>;
  /** Tokens that left places use, as the planning before found them. */
  kept: KeptTokens;
  /** `event.newValue` in listeners that became subscriptions. */
  eventReads: StorageOperation[];
  /** Functions that store a token and must stay, as this planning finds them. */
  stayingHelpers: Set<string>;
  /** Names that were given to undo functions, by function. */
  undoNames: WeakMap<Node, Set<string>>;
  /** Functions that were given `async` already. */
  turnedAsync: Set<string>;
  /** Requests that were migrated, for the set-up module, and for the checks in front of them. */
  requests: MigratedRequest[];
}

export interface MigratedRequest {
  module: Module;
  component: string;
  kind: 'proxy' | 'direct';
  url: string;
  generation: Generation;
  node: Node;
  rewritten: Rewritten;
}

/** Where a new entry is put in front of the old one. */
export interface EntryGate {
  html: string;
  /** The span of the old address in the page. */
  start: number;
  end: number;
  address: string;
  entry: string;
  /** Path of the new entry. */
  path: string;
}

export type Generation = 'flat' | 'nested' | 'camel';

/** A site whose text after the edits is taken when all edits are known. */
export interface SiteDraft extends Omit<Site, 'before' | 'after'> {
  module: Module;
  node: Node;
  /** The span that is shown before and after. */
  span: { start: number; end: number };
  keys: string[];
  holds: KeyKind | 'dynamic' | 'request' | null;
  /** What it does to the stored value, where it is a use of the storage. */
  access: Access | null;
  /** Reads from memory, which the start gate must have filled. */
  peeks: boolean;
  /** It goes with its last use, when the edits are made. */
  isCleanedUp?: true;
}

/** `both`: it is handed on to code that may do either. */
export type Access = 'get' | 'set' | 'both';

export interface SiteNotes {
  access?: Access;
  /** The place that the reason points to. */
  because?: string | null;
  keys?: string[];
  holds?: SiteDraft['holds'];
  peeks?: boolean;
  status?: SiteStatus;
  span?: { start: number; end: number };
}

export function addSite(
  context: PlanContext,
  module: Module,
  node: Node,
  pattern: string,
  notes: SiteNotes = {},
): SiteDraft {
  const site: SiteDraft = {
    ...placeOf(module, node),
    pattern,
    status: notes.status ?? 'migrated',
    component: componentOf(module, node),
    module,
    node,
    span: notes.span ?? spanOf(node),
    keys: notes.keys ?? [],
    holds: notes.holds ?? null,
    access: notes.access ?? accessOf(pattern),
    peeks: notes.peeks ?? false,
  };
  context.sites.push(site);
  return site;
}

/** A site that stays as it is, with the reason and what to write instead. */
export function leave(
  context: PlanContext,
  module: Module,
  node: Node,
  pattern: string,
  reason: Reason,
  notes: SiteNotes = {},
): void {
  const site = addSite(context, module, node, pattern, { status: 'manual', ...notes });
  site.reason = `${sentenceOf(reason)}${notes.because ? ` (${notes.because})` : ''}`;
  site.suggestion = suggestionOf(reason);
  context.edits.claim(module, node);
}

/** Patterns are named for what is done: `read-token`, `save-token`. */
function accessOf(pattern: string): Access | null {
  if (pattern.startsWith('read-')) return 'get';
  return pattern.startsWith('save-') ? 'set' : null;
}

/** Edits in one declaration at the top of a file belong together. */
export function componentOf(module: Module, node: Node): string {
  const top = closest(node, (at) => at.parent?.type === 'Program') ?? node;
  return `${module.rel}#${topName(top) ?? top.start}`;
}

function topName(top: Node): string | null {
  const declaration: Node = top['declaration'] ?? top;
  const first: Node | undefined = declaration['declarations']?.[0];
  if (first?.['id'].type === 'Identifier') return first['id'].name;
  return declaration['id'] ? keyName(declaration) : null;
}

function placeOf(module: Module, node: Node): { file: string; line: number; column: number } {
  const before = module.text.slice(0, node.start).split('\n');
  return { file: module.rel, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** The statement, where it is short; else the node. */
function spanOf(node: Node): { start: number; end: number } {
  const statement = enclosingStatement(node);
  const isShort = statement.end - statement.start < 400;
  return isShort ? { start: statement.start, end: statement.end } : { start: node.start, end: node.end };
}
