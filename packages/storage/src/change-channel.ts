/**
 * Tells other tabs that a record changed: its name and revision, never a value. What arrives is untrusted; the receiver reads
 * the record again and believes only that.
 */
import { slotOfPhysicalKey } from './flow-key.js';
import { isObject } from './safe-json.js';
import type { ChannelLike } from './types/surroundings.js';

const MESSAGE_VERSION = 1;

export interface ChangeMessage {
  v: 1;
  type: 'saved' | 'cleared';
  /** Physical key. */
  key: string;
  rev: number;
  /** The tab that wrote. */
  src: string;
}

export interface ChangeChannel {
  post(change: { type: 'saved' | 'cleared'; key: string; rev: number }): void;
  close(): void;
}

/**
 * Calls `onChange` for each valid message of another tab, and `onUntold` for a message that could not be sent: what it tells of
 * has been done, so that this is no failure of the doer.
 */
export function openChangeChannel(
  channel: ChannelLike,
  src: string,
  onChange: (message: ChangeMessage) => void,
  onUntold: (key: string) => void,
): ChangeChannel {
  channel.onmessage = ({ data }) => {
    const message = readMessage(data);
    if (message && message.src !== src) onChange(message);
  };
  let open = true;
  return {
    post({ type, key, rev }) {
      if (!open) return;
      try {
        channel.postMessage({ v: MESSAGE_VERSION, type, key, rev, src } satisfies ChangeMessage);
      } catch {
        onUntold(key);
      }
    },
    close() {
      open = false;
      channel.onmessage = null;
      channel.close();
    },
  };
}

/** A BroadcastChannel that does not keep a Node process alive; null where there is none, or it is denied. */
export function defaultChannel(name: string): ChannelLike | null {
  try {
    const channel = new globalThis.BroadcastChannel(name);
    (channel as { unref?: () => void }).unref?.();
    return channel as ChannelLike;
  } catch {
    return null;
  }
}

function readMessage(data: unknown): ChangeMessage | null {
  if (!isObject(data)) return null;
  const { v, type, key, rev, src } = data;
  if (v !== MESSAGE_VERSION || (type !== 'saved' && type !== 'cleared')) return null;
  if (typeof key !== 'string' || slotOfPhysicalKey(key) === null) return null;
  if (!Number.isSafeInteger(rev) || typeof src !== 'string') return null;
  return { v, type, key, rev: rev as number, src };
}
