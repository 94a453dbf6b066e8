/** What is given to a storage: time, a logger, and what a channel between tabs offers. */

/** The time, in milliseconds since 1970. Injected, so that tests move it by hand. */
export interface Clock {
  now(): number;
}

/** Receives messages for people. Never a credential, a token, or a part of one. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What a BroadcastChannel offers and storage needs. */
export interface ChannelLike {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  close(): void;
}
