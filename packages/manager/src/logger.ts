/** Where messages for people go, and how they are kept free of secrets on their way. */
import type { Logger } from '@worker-token/storage';
import { redact } from './redact.js';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

export interface ConsoleLoggerOptions {
  /** Messages below it are dropped. Default `info`. */
  level?: LogLevel | 'silent';
}

/** Writes to the console that is there at the time of the message. */
export function consoleLogger({ level = 'info' }: ConsoleLoggerOptions = {}): Logger {
  const lowest = level === 'silent' ? LEVELS.length : LEVELS.indexOf(level);
  const writer = (name: LogLevel) => (message: string) => {
    if (LEVELS.indexOf(name) >= lowest) console[name](message);
  };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

/** A page says in its console where each token came from; a process, whose log somebody keeps, only what is wrong. */
export function defaultLogger(): Logger {
  return consoleLogger({ level: typeof window === 'undefined' ? 'warn' : 'info' });
}

/** @param secrets What to hide at this moment; asked on each message. */
export function redactingLogger(logger: Logger, secrets: () => Iterable<string>): Logger {
  const cleaned = (name: LogLevel) => (message: string) => {
    try {
      logger[name](redact(message, secrets()));
    } catch {
      // A logger that throws must not cost anybody a token.
    }
  };
  return { debug: cleaned('debug'), info: cleaned('info'), warn: cleaned('warn'), error: cleaned('error') };
}
