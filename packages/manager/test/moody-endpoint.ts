/** A token endpoint in steps: it answers at once, late, oddly, with an error, or never; and it knows what it gave out. */
import { WorkerTokenError } from '../src/errors.js';
import type { TokenRequest, TokenResponse, TokenSource } from '../src/types/token-source.js';
import type { Scheduler } from './scheduler.js';

export interface Issued {
  clientId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Revision of the stored token when the request began. */
  epoch: number;
}

export interface MoodyEndpoint {
  source: TokenSource;
  /** By token. */
  issued: Map<string, Issued>;
}

/** As it stands in the answer, and the seconds that the token really lives. */
const LIVES: [TokenResponse['expires_in'], number][] = [
  [3600, 3600],
  [3600, 3600],
  [3600, 3600],
  [3600, 3600],
  ['3600', 3600],
  [40, 40],
  [3600.5, 3600],
  [null, 60],
  ['abc', 60],
  [0, 0],
  [-1, 0],
];

export function createMoodyEndpoint(scheduler: Scheduler, epoch: () => number): MoodyEndpoint {
  const { step, pick, clock } = scheduler;
  const issued = new Map<string, Issued>();

  function issue({ credentials }: TokenRequest, began: number): TokenResponse {
    const [expires_in, life] = LIVES[pick(LIVES.length)] ?? [3600, 3600];
    const access_token = `token-${issued.size + 1}.`;
    const expiresAt = clock.now() + life * 1000;
    issued.set(access_token, { clientId: credentials.clientId, expiresAt, epoch: began });
    return { access_token, token_type: 'Bearer', ...(expires_in === undefined ? {} : { expires_in }) };
  }

  const source: TokenSource = async (request) => {
    const began = epoch();
    const mood = pick(12);
    await step();
    if (mood === 0) throw new WorkerTokenError('server', 'It answered 503.', { status: 503, retryable: true });
    if (mood === 1) throw new WorkerTokenError('invalid-client', 'It answered 401.', { status: 401 });
    if (mood === 2) throw new TypeError('Failed to fetch');
    if (mood === 3) return new Promise(() => {});
    if (mood <= 5) await new Promise<void>((resolve) => scheduler.setTimeout(resolve, pick(15_000)));
    return issue(request, began);
  };
  return { source, issued };
}
