/** Lets Ctrl-C wait for the few milliseconds in which files are replaced: no half of a migration. */

/** @returns Ends the waiting; a signal that came meanwhile takes effect then. */
export function holdSignals(): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const held: NodeJS.Signals[] = [];
  const hold = (signal: NodeJS.Signals) => void held.push(signal);
  for (const signal of signals) process.on(signal, hold);
  return () => {
    for (const signal of signals) process.off(signal, hold);
    const [first] = held;
    if (first) process.kill(process.pid, first);
  };
}
