/** A LockManager for Node 20, as far as the manager uses one: exclusive locks, `ifAvailable`, `signal`. */
export function testLocks(): LockManager {
  const tails = new Map<string, Promise<unknown>>();
  async function request(name: string, options: LockOptions, work: LockGrantedCallback<unknown>): Promise<unknown> {
    const before = tails.get(name);
    if (before && options.ifAvailable) return work(null);
    let leave = (): void => {};
    const place = new Promise<void>((resolve) => (leave = resolve));
    const end = (before ?? Promise.resolve()).then(() => place);
    tails.set(name, end);
    void end.then(() => tails.get(name) === end && tails.delete(name));
    try {
      await turn(before, options.signal);
      return await work({ name, mode: 'exclusive' });
    } finally {
      leave();
    }
  }
  return { request, query: async () => ({}) } as unknown as LockManager;
}

function turn(before: Promise<unknown> | undefined, signal: AbortSignal | undefined): Promise<unknown> {
  if (!before) return Promise.resolve();
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
    void before.then(resolve);
  });
}
