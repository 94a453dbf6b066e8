/** Says that a token from memory is used, at most once per second and token. How it came to memory is said by others. */
import type { Clock, Logger } from '@worker-token/storage';
import type { HeldToken } from './held.js';

/** Milliseconds between two messages about the same token. */
const LOG_EVERY_MS = 1_000;

export type TokenUseLog = (token: HeldToken) => void;

export function createTokenUseLog(clock: Clock, logger: Logger): TokenUseLog {
  let logged: { token: HeldToken; at: number } | undefined;
  return (token) => {
    const now = clock.now();
    if (logged?.token === token && Math.abs(now - logged.at) < LOG_EVERY_MS) return;
    logged = { token, at: now };
    logger.info(`Using cached token (${Math.max(0, Math.round((token.expiresAt - now) / 1000))} s left)`);
  };
}
