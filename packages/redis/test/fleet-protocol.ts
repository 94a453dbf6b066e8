/** What parent and child of a test fleet say to each other. */
import type { WorkerTokenCredentialsInput, WorkerTokenStatus } from '@worker-token/manager';
import type { FleetEvent } from '../src/types.js';
import type { ClientName } from './clients.js';

export type Stage = 'before fetch' | 'after fetch' | 'written';

export interface MemberOptions {
  client: ClientName;
  redisUrl: string;
  prefix: string;
  /** 64 hexadecimal digits. */
  key: string;
  credentials: WorkerTokenCredentialsInput & { tokenEndpoint: string };
  commandTimeoutMs?: number;
  restMs?: number;
  subscribe?: boolean;
  clockOffsetMs?: number;
  /** Stand still at this point of a fetch. */
  standAt?: Stage;
  /** Do not wait for Redis. */
  redisIsOut?: boolean;
  manager?: { deadlineMs?: number; refreshAheadMs?: number; minValidityMs?: number; retry?: { attempts: number } };
}

export type Command = { number: number; id: string } & (
  | { do: 'open'; options: MemberOptions }
  | { do: 'get'; count: number }
  | { do: 'refresh' }
  | { do: 'invalidate'; token?: string }
  | { do: 'save'; credentials: WorkerTokenCredentialsInput }
  | { do: 'go-on' }
  | { do: 'look' }
  | { do: 'move-clock'; ms: number }
  | { do: 'close' }
);

export interface Reply {
  reply: number;
  value?: unknown;
  error?: string;
}

export interface Outcome {
  tokens: string[];
  /** Kinds. */
  errors: string[];
  longestMs: number;
  retryAfter: number[];
  peek: string | null;
}

export interface Look {
  peek: string | null;
  events: FleetEvent[];
  status: WorkerTokenStatus;
}
