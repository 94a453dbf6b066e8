// The worker token in the header: how long it is good for, and a way to renew it when that is not long.
import { useState } from 'react';
import { useWorkerTokenStatus, useWorkerTokenManager, type WorkerTokenSummary } from '@worker-token/react';
import { ActionButton, StatusBadge, type StatusBadgeProps } from '@worker-token/ui-kit';
import { timeLeftText } from '../lib/tokenExpiry';

const FIVE_MINUTES = 300;
const RENEW = 'Renew token';

export function TokenWidget() {
  const summary = useWorkerTokenStatus({ tickMs: 1000 });
  const { tone, text, renew } = looksOf(summary);
  return (
    <>
      <StatusBadge tone={tone}>{text}</StatusBadge>
      {renew ? <Renew label={renew} /> : null}
    </>
  );
}

function Renew({ label }: { label: string }) {
  const manager = useWorkerTokenManager();
  const [busy, setBusy] = useState(false);
  const renew = () => {
    setBusy(true);
    // What goes wrong stands in the badge.
    void manager.refreshToken().then(
      () => setBusy(false),
      () => setBusy(false),
    );
  };
  return (
    <ActionButton size="small" busy={busy} onClick={renew}>
      {label}
    </ActionButton>
  );
}

interface Looks {
  tone: StatusBadgeProps['tone'];
  text: string;
  /** Offers a new token, in these words. */
  renew?: string;
}

function looksOf({ status, tokenExpiresIn, hasCredentials }: WorkerTokenSummary): Looks {
  if (tokenExpiresIn !== null && (status === 'valid' || status === 'expiring')) {
    const soon = tokenExpiresIn < FIVE_MINUTES;
    const text = `${soon ? 'Token expires soon' : 'Token valid'}, ${timeLeftText(tokenExpiresIn)}`;
    return soon ? { tone: 'warning', text, renew: RENEW } : { tone: 'good', text };
  }
  if (status === 'expired') return { tone: 'bad', text: 'Token expired', renew: RENEW };
  if (status === 'failed') return { tone: 'bad', text: 'Token request failed', renew: RENEW };
  return { tone: 'neutral', text: 'No token', ...(hasCredentials ? { renew: 'Get token' } : {}) };
}
