/** Where hooks of `@worker-token/react` can stand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';
import { isGated } from './start-gate.js';

/** The hooks read from memory, which the gate fills; they need a React that has `useSyncExternalStore`. */
export function canUseHooks(context: PlanContext, module: Module, folder: string, names: readonly string[]): boolean {
  const isTaken = names.some((name) => module.scopes.isTaken(name, module.program));
  return !isTaken && !hasOldReact(folder) && isGated(context, folder);
}

function hasOldReact(folder: string): boolean {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const manifest = JSON.parse(text) as Record<string, Record<string, string>>;
    const range = { ...manifest['peerDependencies'], ...manifest['dependencies'] }['react'] ?? '';
    const major = /\d+/.exec(range)?.[0];
    return major !== undefined && Number(major) < 18;
  } catch {
    return false;
  }
}
