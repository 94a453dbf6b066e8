/** The built app under test, served with its simulator in this process, so that specs can turn the simulator's knobs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PingOneSimulator } from '@worker-token/pingone-simulator';
import { startServer } from '../../apps/legacy/server/start-server.mjs';
import { targetName, type TargetName } from './target-name.js';

const ROOT = join(import.meta.dirname, '../..');

const DIST: Record<TargetName, string> = {
  legacy: join(ROOT, 'apps/legacy/dist'),
  migrated: join(ROOT, '.cache/migrated/legacy/dist'),
  sample: join(ROOT, 'apps/sample/dist'),
  compiled: join(ROOT, '.cache/compiled/sample'),
};

export interface RunningTarget {
  url: string;
  simulator: PingOneSimulator;
  close(): Promise<void>;
}

/** @throws Error when the target is not built. */
export async function startTarget(): Promise<RunningTarget> {
  const dist = DIST[targetName()];
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`${targetName()} is not built: there is no ${dist}`);
  const { url, simulator, close } = await startServer({ dist });
  if (!simulator) throw new Error('The server was started without its simulator');
  return { url, simulator, close };
}

/** Folder of the built sample app that is under test: the plain one, or the compiled one. */
export function sampleDist(): string {
  return DIST[targetName()];
}

/** Where screenshots of this target go. */
export function screenshotFolder(): string {
  return join(ROOT, '.cache/screenshots', targetName());
}
