// Whether the browser has a network. False is certain; true only says that there is some network.
import { useSyncExternalStore } from 'react';

const OCCASIONS = ['online', 'offline'] as const;

function subscribe(listener: () => void): () => void {
  for (const occasion of OCCASIONS) window.addEventListener(occasion, listener);
  return () => {
    for (const occasion of OCCASIONS) window.removeEventListener(occasion, listener);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}
