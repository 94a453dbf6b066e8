// The kit's frame, with what only this app has in it: more pages, the notice of a lost network, the devtools.
import { QueryClientProvider } from '@tanstack/react-query';
import { AppFrame as KitFrame, type AppFrameProps } from '@worker-token/ui-kit';
import { ConnectionNotice } from './connection-notice';
import { Devtools } from './devtools';
import { ADDED_PAGES } from './pages';
import { queryClient } from './query-client';

export function AppFrame({ links, children, ...frame }: AppFrameProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <KitFrame {...frame} links={[...links, ...ADDED_PAGES]} notice={<ConnectionNotice />}>
        {children}
        <Devtools />
      </KitFrame>
    </QueryClientProvider>
  );
}
