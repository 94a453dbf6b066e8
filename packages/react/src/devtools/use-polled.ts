/** Something that has to be asked for, asked once a second while the panel shows it. */
import { useEffect, useState } from 'react';
import { tickerOf } from '../ticker.js';

/** @param ask Outside of the component, or memoised. */
export function usePolled<T>(ask: () => Promise<T>, initial: T): T {
  const [value, setValue] = useState(initial);
  useEffect(() => {
    let mounted = true;
    const refresh = () =>
      void ask().then(
        (next) => mounted && setValue(next),
        () => {},
      );
    refresh();
    const stop = tickerOf(1_000).subscribe(refresh);
    return () => {
      mounted = false;
      stop();
    };
  }, [ask]);
  return value;
}
