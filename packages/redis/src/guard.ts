/**
 * Stands between this package and Redis: a deadline for each answer, and a rest after a failure, in which nobody waits for an answer
 * that will not come. The first to ask after the rest tries it out for all.
 */
import { StorageUnavailableError } from '@worker-token/storage';
import type { Settings } from './options.js';

export interface Guard {
  /**
   * @param onLate Gets an answer for which nobody waits any more: a lease, for example, that must be given back.
   * @throws StorageUnavailableError when Redis fails, does not answer in time, or is left alone.
   */
  ask<T>(command: () => Promise<T>, onLate?: (answer: T) => void): Promise<T>;
  /** The last thing known about Redis is a failure. */
  readonly isOut: boolean;
}

type GuardSettings = Pick<Settings, 'commandTimeoutMs' | 'restMs' | 'onEvent'>;

/**
 * @param ready Resolves when a command can be sent. One that nobody waits for any more by then is not sent.
 * @param now Elapsed milliseconds, never set back.
 */
export function createGuard(
  { commandTimeoutMs, restMs, onEvent }: GuardSettings,
  ready: () => Promise<void>,
  now: () => number = () => performance.now(),
): Guard {
  let restingUntil: number | undefined;
  let probing = false;

  function succeeded(): void {
    if (restingUntil === undefined) return;
    restingUntil = undefined;
    onEvent({ type: 'recovered' });
  }

  function failed(reason: string): void {
    const isNews = restingUntil === undefined;
    restingUntil = now() + restMs;
    if (isNews) onEvent({ type: 'degraded', reason });
  }

  return {
    async ask(command, onLate) {
      if (restingUntil !== undefined && (probing || now() < restingUntil)) {
        throw new StorageUnavailableError('Redis is left alone for a moment, since it failed.');
      }
      const isProbe = restingUntil !== undefined;
      probing ||= isProbe;
      try {
        const send = async (isLate: () => boolean) => {
          await ready();
          if (isLate()) throw LATE;
          return command();
        };
        const answer = await inTime(commandTimeoutMs, send, onLate);
        succeeded();
        return answer;
      } catch (error) {
        const reason = reasonOf(error, commandTimeoutMs);
        failed(reason);
        throw new StorageUnavailableError(reason);
      } finally {
        if (isProbe) probing = false;
      }
    },
    get isOut() {
      return restingUntil !== undefined;
    },
  };
}

const LATE = new Error('No answer in time.');

/** Rejects when the command has not settled in time; it goes on. */
export async function inTime<T>(
  ms: number,
  command: (isLate: () => boolean) => Promise<T>,
  onLate?: (answer: T) => void,
): Promise<T> {
  let isLate = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => {
      isLate = true;
      reject(LATE);
    };
    // One more turn of the loop: an answer may lie there unread when it was this process that had no time.
    timer = setTimeout(() => setImmediate(giveUp), ms);
  });
  const answer = start(() => command(() => isLate));
  answer.then(
    (value) => isLate && onLate?.(value),
    () => {},
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Also what is thrown at once becomes a rejection. */
async function start<T>(command: () => Promise<T>): Promise<T> {
  return command();
}

/** Of foreign errors only the name and the first word, which is Redis's error code: the rest might quote a command. */
function reasonOf(error: unknown, ms: number): string {
  if (error === LATE) return `Redis did not answer within ${ms} ms.`;
  if (error instanceof StorageUnavailableError) return error.message;
  const code = error instanceof Error ? /^[A-Z]{2,20}\b/.exec(error.message)?.[0] : undefined;
  const name = error instanceof Error ? error.name : 'unknown error';
  return `Redis failed (${code ? `${name}: ${code}` : name}).`;
}
