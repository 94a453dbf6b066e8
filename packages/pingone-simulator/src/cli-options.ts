/**
 * Reads the command line. Pure: words in, options or a message out.
 */
import { parseArgs } from 'node:util';

export interface CliOptions {
  port: number;
  tokenLifetimeSeconds: number;
  control: boolean;
  help: boolean;
}

/** The command line is wrong; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `Usage: pingone-simulator [options]

A local PingOne with made-up data: token endpoint and management API, on 127.0.0.1 only.

  --port <number>            port to listen on (default 4010, 0 for a free one)
  --token-lifetime <seconds> how long tokens are valid (default 3600)
  --control                  turn the /__simulator/ routes on: faults, expire-tokens, requests, reset
  --help                     show this text
`;

/** @throws UsageError */
export function readCommandLine(args: readonly string[]): CliOptions {
  const values = parsed(args);
  return {
    port: whole('--port', values.port ?? '4010', 0, 65_535),
    tokenLifetimeSeconds: whole('--token-lifetime', values['token-lifetime'] ?? '3600', 1, 86_400),
    control: values.control ?? false,
    help: values.help ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'token-lifetime': { type: 'string' },
        control: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function whole(name: string, text: string, from: number, to: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new UsageError(`${name}: expected a whole number from ${from} to ${to}, got "${text}".`);
}
