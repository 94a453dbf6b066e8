/** What tabs tell one another: names and revisions. Listens in on the storage's channel and never speaks. */
import type { EventLog } from './event-log.js';

export interface TabMessage {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly type: string;
  /** Name of the record. */
  readonly key: string;
  readonly revision: number;
  /** The tab that spoke; it means nothing beyond this page. */
  readonly from: string;
}

/** The name that storage gives its channel and its database. */
export function channelName(appId: string | undefined): string {
  return appId === undefined ? 'worker-token' : `worker-token.${appId}`;
}

/** Writes into `log` from now on. Returns its own undo. */
export function recordTabMessages(appId: string | undefined, log: EventLog<TabMessage>): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(channelName(appId));
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readMessage(data);
    if (message) log.add({ at: Date.now(), ...message });
  };
  return () => channel.close();
}

function readMessage(data: unknown): Omit<TabMessage, 'at'> | null {
  if (typeof data !== 'object' || data === null) return null;
  const { type, key, rev, src } = data as Record<string, unknown>;
  if (typeof type !== 'string' || typeof key !== 'string' || typeof rev !== 'number' || typeof src !== 'string')
    return null;
  return { type, key, revision: rev, from: src.slice(0, 6) };
}
