/** Options for those who call `migrate()` as a function. */
import path from 'node:path';
import type { MigrateOptions, SignalOptions } from '../types.js';
import { joinSignals } from './signals.js';

/** Everything may be left out. Paths are relative to `root`; `signals` are added to the defaults. */
export type MigrateInput = Partial<Omit<MigrateOptions, 'signals'>> & { signals?: Partial<SignalOptions> };

export function withDefaults(input: MigrateInput): MigrateOptions {
  const root = path.resolve(input.root ?? process.cwd());
  return {
    dryRun: false,
    check: false,
    verify: true,
    force: false,
    installDep: true,
    gate: 'render',
    react: 'hooks',
    mark: false,
    bestEffort: false,
    concurrency: 1,
    ...input,
    root,
    paths: (input.paths ?? ['.']).map((given) => path.resolve(root, given)),
    ...(input.tsconfig && { tsconfig: path.resolve(root, input.tsconfig) }),
    signals: joinSignals([], [input.signals ?? {}]),
  };
}
