/** Is it PingOne's worker that a file speaks of? Its own text, what it imports, who imports it, and the package say so. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceIn, type Evidence, type LegacySignals } from '@worker-token/legacy-signals';
import { packageFolder } from '../setup-module/place-setup.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

/** A word about PingOne is enough in the file, in what it imports and in its package; who imports it must be sure. */
export function evidenceFor(
  project: Project,
  signals: LegacySignals,
  root: string,
  /** Files with a credentials key in use, however it is written. */
  sure: ReadonlySet<Module>,
): (module: Module) => boolean {
  const ownOf = (m: Module): Evidence => (sure.has(m) ? 'strong' : isSetup(m) ? 'none' : evidenceIn(m.text, signals));
  const own = new Map<Module, Evidence>(project.modules.map((m) => [m, ownOf(m)]));
  const importers = new Map<string, Module[]>();
  const imported = new Map<Module, Module[]>();
  for (const module of project.modules) {
    const targets = module.specifiers.map((from) => project.resolve(module, from)).filter((path) => path !== null);
    for (const path of targets) importers.set(path, [...(importers.get(path) ?? []), module]);
    imported.set(
      module,
      project.modules.filter((other) => targets.includes(other.path)),
    );
  }
  const packages = new Map<string, boolean>();
  const inPackage = (module: Module): boolean => {
    const folder = packageFolder(module.path, root);
    const known = packages.get(folder);
    if (known !== undefined) return known;
    const file = join(folder, 'package.json');
    const says = existsSync(file) && /ping-?one|ping-?identity/i.test(readFileSync(file, 'utf8'));
    packages.set(folder, says);
    return says;
  };
  return (module) => {
    if (own.get(module) !== 'none') return true;
    const imports = imported.get(module) ?? [];
    const handedOn = imports.flatMap((other) => (isHandingOn(other) ? (imported.get(other) ?? []) : []));
    if ([...imports, ...handedOn].some((other) => own.get(other) !== 'none')) return true;
    if (importers.get(module.path)?.some((other) => own.get(other) === 'strong')) return true;
    return inPackage(module);
  };
}

/** `export … from`: what it hands on counts as imported. */
const isHandingOn = (module: Module): boolean =>
  module.starExports.length > 0 || [...module.exports.values()].some((target) => 'from' in target);

/** A set-up module names the old keys because of the migration; it is no evidence about other code. */
const isSetup = (module: Module): boolean =>
  module.exports.has('workerTokenManager') && module.specifiers.some((from) => from.startsWith('@worker-token/'));
