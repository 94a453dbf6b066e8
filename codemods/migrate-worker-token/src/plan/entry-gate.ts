/** `--gate entry`: a new entry waits for the manager, then imports the old one, so that even reads at the top of modules come after. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { packageFolder } from '../setup-module/place-setup.js';
import { htmlScripts } from './entry-files.js';
import type { EntryGate, PlanContext } from './context.js';
import type { Module } from './module.js';
import { timingOf, type Timing } from './surroundings.js';
import { eolOf, usesSemicolons } from './text-edits.js';
import type { Node } from '../ast/node.js';

const GATE = 'gate';

/** Where the gate goes in a package; `done` if it is there; null without `--gate entry`, or where no page names an entry. */
export function entryGateOf(context: PlanContext, folder: string): EntryGate | 'done' | null {
  if (context.options.gate !== 'entry') return null;
  const known = context.entryGates.get(folder);
  if (known !== undefined) return known;
  const script = htmlScripts(folder).find(({ path }) => existsSync(path));
  const gate = script ? { ...script, entry: script.path, path: freePath(script.path) } : null;
  const isDone =
    gate !== null && /\bworkerTokenManager\b[\s\S]*\bready\(\)[\s\S]*\bimport\(/.test(readFileSync(gate.entry, 'utf8'));
  const found = isDone ? 'done' : gate;
  context.entryGates.set(folder, found);
  return found;
}

function freePath(entry: string): string {
  const folder = dirname(entry);
  const ending = extname(entry).replace('x', '');
  const name = ['start', 'start-app', 'gate'].find((candidate) => !existsSync(join(folder, candidate + ending)));
  return join(folder, `${name ?? 'start-worker-token'}${ending}`);
}

/** When code runs, given the gate: with an entry in front, the top of a module is as late as any function. */
export function timingIn(context: PlanContext, module: Module, node: Node): Timing {
  const timing = timingOf(node);
  if (timing !== 'module' || context.options.gate !== 'entry') return timing;
  return entryGateOf(context, packageFolder(module.path, context.options.root)) ? 'sync' : timing;
}

/** Points the page to the new entry. */
export function pointToGate(context: PlanContext, gate: EntryGate): void {
  const address = gate.address.slice(0, -basename(gate.entry).length) + basename(gate.path);
  context.pageEdits.push({ file: gate.html, start: gate.start, end: gate.end, text: address, component: GATE });
}

/** The text of the new entry. @param manager The address that it imports the manager from. */
export function renderEntryGate(gate: EntryGate, manager: string): string {
  const text = readFileSync(gate.entry, 'utf8');
  const end = usesSemicolons(text) ? ';' : '';
  const quote = /^import\b.*"/m.test(text) ? '"' : "'";
  const old = `./${relative(dirname(gate.path), gate.entry)
    .split(sep)
    .join('/')
    .replace(/\.[jt]sx?$/, '')}`;
  const lines = [
    '// Waits for the worker token manager, then starts the application.',
    `import { workerTokenManager } from ${quote}${manager}${quote}${end}`,
    '',
    `void workerTokenManager.ready().then(() => import(${quote}${old}${quote}))${end}`,
    '',
  ];
  return lines.join(eolOf(text));
}
