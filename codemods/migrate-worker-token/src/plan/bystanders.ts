/** Importers of a file with a signal that only use what has nothing to do with it: they are read when somebody asks for callers. */
import { evidenceIn, type LegacySignals } from '@worker-token/legacy-signals';
import { exportedNames, handsOn, importersOf } from '../scan/importers.js';
import type { SourceFile } from '../types.js';
import type { Module } from './module.js';
import { relevantExports } from './relevant-exports.js';

/** Whatever it imports: a helper for storages, and a place for the start gate. */
const TELLING = /\b(?:local|session)Storage\b|\b(?:createRoot|hydrateRoot|createApp)\b|\b(?:render|mount)\(/;
const SERVED = /[\\/](?:public|static|assets)[\\/]/;

export interface Bystanders {
  files: SourceFile[];
  /** True if no bystander mentions these exports of the file: they have to do with a signal. */
  knowNothingOf(path: string, names: ReadonlySet<string>): boolean;
}

/**
 * @param withSignal Files with a signal; null: no recogniser can read it.
 * @param importers Files that import a name from one of those.
 */
export function bystandersAmong(
  withSignal: ReadonlyMap<SourceFile, Module | null>,
  importers: readonly SourceFile[],
  signals: LegacySignals,
): Bystanders {
  const modules = [...withSignal.values()].filter((module) => module !== null);
  const barrels = importers.filter(({ text }) => handsOn(text));
  const relevant = importers.length > 0 ? relevantExports(modules, barrels, signals) : new Map<string, null>();
  const exportsOf = ({ path, text }: SourceFile) => {
    const own = SERVED.test(path) ? undefined : relevant.get(path);
    return own === undefined ? exportedNames(text) : own;
  };
  const telling = [...withSignal.keys()].filter((file) => exportsOf(file)?.length !== 0);
  const users = new Set(importersOf(telling, [...importers], exportsOf));
  const isQuiet = (file: SourceFile) =>
    !users.has(file) && !handsOn(file.text) && !TELLING.test(file.text) && evidenceIn(file.text, signals) === 'none';
  return {
    files: importers.filter(isQuiet),
    knowNothingOf(path, names) {
      const own = relevant.get(path);
      return own === null || (own !== undefined && [...names].every((name) => own.includes(name)));
    },
  };
}
