/** Many listeners on one connection, which is opened for the first and closed after the last. Knows no client. */

export interface Subscriber {
  subscribe(channel: string): void;
  unsubscribe(channel: string): void;
  close(): void;
}

export interface SubscriberEvents {
  onMessage: (channel: string, message: string) => void;
  /** Connected, for the first time or again. */
  onReady: () => void;
}

export type OpenSubscriber = (events: SubscriberEvents) => Subscriber;

type Listener = (message: string | null) => void;

/** @returns the adapter's `subscribe`. */
export function createSubscriptions(open: OpenSubscriber): (channel: string, listener: Listener) => () => void {
  const channels = new Map<string, Set<Listener>>();
  let connection: Subscriber | undefined;

  function connect(): Subscriber {
    let wasReady = false;
    return open({
      onMessage: (channel, message) => tell(channel, message),
      onReady() {
        if (wasReady) for (const channel of [...channels.keys()]) tell(channel, null);
        wasReady = true;
      },
    });
  }

  function tell(channel: string, message: string | null): void {
    for (const listener of [...(channels.get(channel) ?? [])]) listener(message);
  }

  function close(): void {
    connection?.close();
    connection = undefined;
  }

  function leave(channel: string, listener: Listener): void {
    const listeners = channels.get(channel);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    channels.delete(channel);
    if (channels.size === 0) close();
    else connection?.unsubscribe(channel);
  }

  return (channel, listener) => {
    // A wrapper of its own, so that the same function may subscribe twice and leave once.
    const entry: Listener = (message) => listener(message);
    const known = channels.get(channel);
    if (known) known.add(entry);
    else {
      channels.set(channel, new Set([entry]));
      connection ??= connect();
      connection.subscribe(channel);
    }
    return () => leave(channel, entry);
  };
}
