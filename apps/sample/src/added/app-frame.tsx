// The kit's frame, with what only this app has in it: more pages, the notice of a lost network, the devtools, server mode.
import { QueryClientProvider } from '@tanstack/react-query';
import { AppFrame as KitFrame, CodeText, type AppFrameProps } from '@worker-token/ui-kit';
import { ConnectionNotice } from './connection-notice';
import { Devtools } from './devtools';
import { ADDED_PAGES } from './pages';
import { queryClient } from './query-client';
import { serverWorker } from './server-mode';
import { useServerWorkerTaken } from './take-server-worker';
import { TokenWidget } from './token-widget';

export function AppFrame({ links, status, children, ...frame }: AppFrameProps) {
  const taken = useServerWorkerTaken();
  return (
    <QueryClientProvider client={queryClient}>
      <KitFrame
        {...frame}
        links={[...links, ...ADDED_PAGES]}
        status={serverWorker ? <ServerStatus environmentId={serverWorker.environmentId} /> : status}
        notice={<ConnectionNotice />}
      >
        {taken ? children : null}
        <Devtools />
      </KitFrame>
    </QueryClientProvider>
  );
}

/** The environment is the server's, and cannot be forgotten here. */
function ServerStatus({ environmentId }: { environmentId: string }) {
  return (
    <>
      <span aria-label="Environment" role="group">
        <CodeText>{environmentId}</CodeText>
      </span>
      <TokenWidget />
    </>
  );
}
