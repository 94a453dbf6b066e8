// The cache of what the parts in this folder read. A failure is shown at once: the manager has retried what is worth it.
import { QueryClient } from '@tanstack/react-query';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false },
    // What is stored here is read without a network, too.
    mutations: { networkMode: 'always' },
  },
});

/** Keys of what lies in this browser. They are read anew when a record changes. */
export const STORED = ['stored'] as const;
