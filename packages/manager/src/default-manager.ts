/** The manager that all modules of an application share. Made at its first use, so that importing it does nothing. */
import { isDevelopment } from './development.js';
import { createWorkerTokenManager } from './manager.js';
import type { WorkerTokenManager } from './types/manager.js';
import type { WorkerTokenManagerOptions } from './types/options.js';

let options: WorkerTokenManagerOptions | undefined;
let manager: WorkerTokenManager | undefined;

const theManager = (): WorkerTokenManager => (manager ??= createWorkerTokenManager(options));

/**
 * Sets the options of `workerTokenManager`: once, before its first use.
 *
 * In development, where modules are evaluated again after an edit, a repeated call with options of the same form is ignored; the
 * first ones hold until the page is reloaded.
 *
 * @throws Error when it comes too late or again.
 */
export function configureWorkerTokenManager(next: WorkerTokenManagerOptions): void {
  if (options !== undefined) {
    if (isDevelopment() && haveSameForm(options, next)) return;
    throw new Error(
      'configureWorkerTokenManager() was called twice. Call it once, in one module that all others import.',
    );
  }
  if (manager) {
    throw new Error(
      'workerTokenManager was used before configureWorkerTokenManager(). Configure it first, in the entry module.',
    );
  }
  options = next;
}

/** The default instance. Its methods may be taken off it. After `dispose()` the next use makes a new one with the same options. */
export const workerTokenManager: WorkerTokenManager = /* @__PURE__ */ Object.freeze<WorkerTokenManager>({
  get storage() {
    return theManager().storage;
  },
  ready: () => theManager().ready(),
  loadCredentials: () => theManager().loadCredentials(),
  saveCredentials: (credentials) => theManager().saveCredentials(credentials),
  testCredentials: (credentials) => theManager().testCredentials(credentials),
  loadToken: () => theManager().loadToken(),
  getWorkerToken: (callOptions) => theManager().getWorkerToken(callOptions),
  refreshToken: () => theManager().refreshToken(),
  invalidateToken: (token) => theManager().invalidateToken(token),
  getStatus: () => theManager().getStatus(),
  clearToken: () => theManager().clearToken(),
  clearAll: () => theManager().clearAll(),
  peekToken: () => theManager().peekToken(),
  peekCredentials: () => theManager().peekCredentials(),
  getSnapshot: () => theManager().getSnapshot(),
  subscribe: (listener) => theManager().subscribe(listener),
  fetch: (input, init) => theManager().fetch(input, init),
  dispose() {
    manager?.dispose();
    manager = undefined;
  },
});

/** Functions are new ones after each evaluation; everything else must be equal. */
function haveSameForm(a: unknown, b: unknown): boolean {
  if (typeof a === 'function') return typeof b === 'function';
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return Object.is(a, b);
  const names = Object.keys(a);
  const same = (name: string) =>
    haveSameForm((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(name));
}
