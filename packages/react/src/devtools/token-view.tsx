/** The worker token's state, what may be done to it, and what happened to it so far. Never the token. */
import type { WorkerTokenManager } from '@worker-token/manager';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { useSnapshot } from '../use-snapshot.js';
import { useWorkerTokenStatus } from '../use-worker-token-status.js';
import type { EventLog } from './event-log.js';
import { expireToken } from './expire-now.js';
import { span, timeOfDay } from './times.js';
import type { TimelineEntry } from './token-timeline.js';

export interface TokenViewProps {
  manager: WorkerTokenManager;
  timeline: EventLog<TimelineEntry>;
  /** Writes fail as on a full disk. */
  quota: { full: boolean; setFull: (full: boolean) => void };
}

export function TokenView({ manager, timeline, quota }: TokenViewProps): ReactNode {
  return (
    <>
      <State manager={manager} />
      <Actions manager={manager} quota={quota} />
      <Timeline timeline={timeline} />
    </>
  );
}

function State({ manager }: { manager: WorkerTokenManager }): ReactNode {
  const { source, credentials } = useSnapshot(manager);
  const { status, fetchStatus, lastFetchedAt, expiresAt, tokenExpiresIn, error } = useWorkerTokenStatus({
    tickMs: 1_000,
  });
  const rows: [string, string][] = [
    ['Token', fetchStatus === 'idle' ? status : `${status}, ${fetchStatus}`],
    ['Client', credentials ? `${credentials.clientId} in ${credentials.region}` : 'none'],
    ['Obtained', lastFetchedAt === null ? '–' : `${timeOfDay(lastFetchedAt)}, from ${source ?? 'unknown'}`],
    ['Expires', expiresAt === null ? '–' : `${timeOfDay(expiresAt)}, in ${span((tokenExpiresIn ?? 0) * 1000)}`],
    ['Last error', error?.message ?? '–'],
  ];
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Actions({ manager, quota }: Omit<TokenViewProps, 'timeline'>): ReactNode {
  const [said, setSaid] = useState('');
  const [sure, setSure] = useState(false);
  const run = (name: string, work: () => Promise<unknown>) => () => {
    setSure(false);
    work().then(
      () => setSaid(`${name}: done.`),
      (error: unknown) => setSaid(`${name}: ${error instanceof Error ? error.message : 'failed'}`),
    );
  };
  return (
    <div className="bar">
      <button onClick={run('Expire now', () => expireToken(manager.storage))}>Expire now</button>
      <button onClick={run('Refresh', () => manager.refreshToken())}>Refresh</button>
      <button onClick={run('Drop', () => manager.invalidateToken())}>Drop</button>
      <button aria-pressed={quota.full} onClick={() => quota.setFull(!quota.full)}>
        Simulate a full quota
      </button>
      <button onClick={sure ? run('Clear', () => manager.clearAll()) : () => setSure(true)}>
        {sure ? 'Really clear credentials and token' : 'Clear'}
      </button>
      <span role="status">{said}</span>
    </div>
  );
}

function Timeline({ timeline }: { timeline: EventLog<TimelineEntry> }): ReactNode {
  const entries = useSyncExternalStore(timeline.subscribe, timeline.getSnapshot, timeline.getSnapshot);
  return (
    <>
      <h3>What happened</h3>
      {entries.length === 0 && <p>Nothing since the devtools were mounted.</p>}
      <table>
        <tbody>
          {entries.map(({ at, what, kind }, index) => (
            <tr key={entries.length - index}>
              <td>{timeOfDay(at)}</td>
              <td className={kind === 'failure' ? 'wide failure' : 'wide'}>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
