// The worker token in the header: how long it is good for, and a way to renew it when that is not long.
import { useState } from 'react';
import { useWorkerTokenStatus, useWorkerTokenManager, type WorkerTokenSummary } from '@worker-token/react';
import { ActionButton, StatusBadge, type StatusBadgeProps } from '@worker-token/ui-kit';
import { timeLeftText } from '../lib/tokenExpiry';

const FIVE_MINUTES = 300;

export function TokenWidget() {
  const summary = useWorkerTokenStatus({ tickMs: 1000 });
  const { tone, text, renew } = looksOf(summary);
  return (
    <>
      <StatusBadge tone={tone}>{text}</StatusBadge>
      {renew ? <Renew /> : null}
    </>
  );
}

function Renew() {
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
      Renew token
    </ActionButton>
  );
}

interface Looks {
  tone: StatusBadgeProps['tone'];
  text: string;
  /** Offers a new token. */
  renew: boolean;
}

function looksOf({ status, tokenExpiresIn, hasCredentials }: WorkerTokenSummary): Looks {
  if (tokenExpiresIn !== null && (status === 'valid' || status === 'expiring')) {
    const soon = tokenExpiresIn < FIVE_MINUTES;
    const text = `${soon ? 'Token expires soon' : 'Token valid'}, ${timeLeftText(tokenExpiresIn)}`;
    return { tone: soon ? 'warning' : 'good', text, renew: soon };
  }
  if (status === 'expired') return { tone: 'bad', text: 'Token expired', renew: true };
  if (status === 'failed') return { tone: 'bad', text: 'Token request failed', renew: true };
  return { tone: 'neutral', text: 'No token', renew: hasCredentials };
}
