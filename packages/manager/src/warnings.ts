/** What is said once, to whoever builds with this: reads that come too early, and a secret in a browser. */
import type { Logger } from '@worker-token/storage';
import { isDevelopment } from './development.js';
import { globals } from './globals.js';
import { isLoopback } from './hosts.js';

export interface Warnings {
  /** A synchronous read before storage was read: it sees nothing yet. Only in development, once, with the place. */
  readTooEarly(method: string): void;
  /** A page that is not on this machine holds a client secret. */
  secretInBrowser(): void;
}

export function createWarnings(logger: Logger, acknowledged: boolean): Warnings {
  let early = false;
  let secret = acknowledged;
  return {
    readTooEarly(method) {
      if (early || !isDevelopment()) return;
      early = true;
      logger.warn(
        `${method}() was called before ready() and cannot know what is stored. Await ready() first.${callSite(method)}`,
      );
    },
    secretInBrowser() {
      if (secret || !globals.document) return;
      if (isLoopback(globals.location?.hostname ?? 'localhost')) return;
      secret = true;
      logger.warn(
        'The client secret of a worker app is in this browser, for everybody who can open it. Keep it on a server ' +
          '(see @worker-token/server), or set acknowledgeBrowserSecret: true.',
      );
    },
  };
}

/** Who called the method: the line of the stack below the last one that names it. */
function callSite(method: string): string {
  const lines = new Error().stack?.split('\n') ?? [];
  const named = lines.findLastIndex((line) => new RegExp(`\\b${method}\\b`).test(line));
  const caller = named < 0 ? undefined : lines[named + 1];
  return caller ? ` Called ${caller.trim()}` : '';
}
