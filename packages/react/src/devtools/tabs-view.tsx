/** What tabs say to one another, and who holds or waits for the lock under which a token is fetched. */
import { type ReactNode, useSyncExternalStore } from 'react';
import type { EventLog } from './event-log.js';
import type { TabMessage } from './tab-messages.js';
import { timeOfDay } from './times.js';
import { usePolled } from './use-polled.js';

interface Locks {
  held: readonly string[];
  waiting: readonly string[];
}

const NO_LOCKS: Locks = { held: [], waiting: [] };

/** @see https://w3c.github.io/web-locks/#dom-lockmanager-query */
async function queryLocks(): Promise<Locks> {
  const { held = [], pending = [] } = (await globalThis.navigator?.locks?.query()) ?? {};
  const names = (locks: readonly LockInfo[]) =>
    locks.flatMap(({ name, clientId }) => (name?.startsWith('worker-token') ? [`${name} by ${clientId ?? '?'}`] : []));
  return { held: names(held), waiting: names(pending) };
}

export function TabsView({ messages }: { messages: EventLog<TabMessage> }): ReactNode {
  const { held, waiting } = usePolled(queryLocks, NO_LOCKS);
  const entries = useSyncExternalStore(messages.subscribe, messages.getSnapshot, messages.getSnapshot);
  return (
    <>
      <dl>
        <dt>Lock held</dt>
        <dd>{held.join(', ') || 'by nobody'}</dd>
        <dt>Waiting for it</dt>
        <dd>{waiting.join(', ') || 'nobody'}</dd>
      </dl>
      <h3>Messages of this page and of other tabs</h3>
      {entries.length === 0 && <p>None since the devtools were mounted.</p>}
      <table>
        <tbody>
          {entries.map(({ at, type, key, revision, from }, index) => (
            <tr key={entries.length - index}>
              <td>{timeOfDay(at)}</td>
              <td>{type}</td>
              <td>{key}</td>
              <td>{`revision ${revision}`}</td>
              <td className="wide">{`by ${from}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
