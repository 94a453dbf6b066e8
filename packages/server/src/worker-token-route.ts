/**
 * `POST /api/worker-token`: gives a page that may have it a token got with the server's credentials. The other side of it is
 * `serverTokenSource(url)` of `@worker-token/manager`. The secret stays here; the token does not: where even that is too much, use
 * `createWorkerTokenProxy`.
 */
import type { WorkerTokenManager } from '@worker-token/manager';
import type { Clock } from '@worker-token/storage';
import { ServerOptionError } from './errors.js';
import { jsonAnswer } from './json-answer.js';
import { askingManager } from './manager-refusal.js';
import { REQUESTED_WITH } from './origin-check.js';
import { readJson } from './read-body.js';
import { Refusal } from './refusal.js';
import { type Admitted, createRoute } from './route.js';
import type { RouteHandler, RouteOptions } from './types.js';

/** What this route needs of a manager. */
export type TokenGivingManager = Pick<
  WorkerTokenManager,
  'loadCredentials' | 'getWorkerToken' | 'getStatus' | 'peekToken'
>;

export interface WorkerTokenRouteOptions extends RouteOptions {
  /** Has the server's credentials. */
  manager: TokenGivingManager;
  /** At least so long between two requests that pages force, all pages together. Milliseconds; default 5 000. */
  forcedRefreshFloorMs?: number;
}

const NAME = 'the token route';
/** A token may be replaced while one looks; three times in a row it is not. */
const TRIES = 3;

/**
 * Takes `{}` or `{ "forceRefresh": true }`. Answers 200 `{ access_token, token_type, expires_in }`, with the seconds that are left;
 * otherwise `{ error, error_description, correlation_id? }`, see docs/errors.md. Defaults: 60 requests a minute and session, 1 KiB, 15 s.
 *
 * @throws ServerOptionError for an option that is missing or cannot be.
 * @see RFC 6749, sections 5.1 and 5.2
 */
export function createWorkerTokenRoute(options: WorkerTokenRouteOptions): RouteHandler {
  const { manager, logger, clock = Date, forcedRefreshFloorMs = 5_000 } = options;
  if (!manager) throw new ServerOptionError('Expected manager, which has the credentials of this server; got none.');
  const mayForce = createForcedFloor(forcedRefreshFloorMs, clock);

  async function answer({ request, maxBodyBytes, deadline }: Admitted): Promise<Response> {
    const forced = wantsNewToken(await readJson(request, maxBodyBytes, deadline)) && mayForce();
    const token = await askingManager(NAME, logger, () => tokenOf(manager, forced, deadline.signal));
    return jsonAnswer(200, token);
  }

  return createRoute(options, {
    name: NAME,
    methods: ['POST'],
    header: REQUESTED_WITH,
    defaults: { requests: 60, maxBodyBytes: 1024, timeoutMs: 15_000 },
    answer,
  });
}

function wantsNewToken(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(400, 'invalid_request', 'Expected {} or { "forceRefresh": true }.');
  }
  return (body as { forceRefresh?: unknown }).forceRefresh === true;
}

/** Many pages that find their token refused at the same moment get the same new one. */
function createForcedFloor(floorMs: number, clock: Clock): () => boolean {
  let last: number | undefined;
  return () => {
    const now = clock.now();
    if (last !== undefined && now >= last && now - last < floorMs) return false;
    last = now;
    return true;
  };
}

async function tokenOf(manager: TokenGivingManager, forced: boolean, signal: AbortSignal) {
  // Another process, or the credential route, may have saved others.
  await manager.loadCredentials();
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const access_token = await manager.getWorkerToken({ signal, forceRefresh: forced && attempt === 0 });
    const { tokenExpiresIn } = await manager.getStatus();
    // The status is that of this token only if it is still the one in use.
    if (manager.peekToken() === access_token && tokenExpiresIn !== undefined) {
      return { access_token, token_type: 'Bearer', expires_in: tokenExpiresIn };
    }
  }
  throw new Refusal(503, 'temporarily_unavailable', 'The token is being replaced over and over. Try again later.');
}
