// Says when the network is gone. A token request that failed for want of it is made anew when it is back.
import { useWorkerToken, useWorkerTokenStatus } from '@worker-token/react';
import { Message } from '@worker-token/ui-kit';
import { useOnline } from './use-online';

export function ConnectionNotice() {
  const online = useOnline();
  const failed = useWorkerTokenStatus({ select: ({ status }) => status === 'failed' });
  // No token is asked for because this notice is on the page: only one that somebody else wanted.
  useWorkerToken({ autoFetch: failed });
  const text = 'You are offline. What is on the page stays; the token is asked for again when the network is back.';
  return <Message tone="warning" text={online ? '' : text} />;
}
