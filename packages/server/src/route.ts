/**
 * What all routes have in common, in this order: method, page, header, who asks, how often - and only then the route itself. Whatever
 * happens, there is an answer, and it says nothing of the request.
 */
import type { Clock, Logger } from '@worker-token/storage';
import { type Deadline, IT_TOOK_TOO_LONG, startDeadline } from './deadline.js';
import { ServerOptionError } from './errors.js';
import { refusalAnswer } from './json-answer.js';
import { assertCustomHeader, assertOrigins, assertOwnPage, type CustomHeader } from './origin-check.js';
import { createRateLimiter } from './rate-limit.js';
import { Refusal, retryAfter } from './refusal.js';
import type { Authorize, RateLimiter, RateLimitOptions, RouteHandler, RouteOptions } from './types.js';

/** A request that may be answered. */
export interface Admitted {
  request: Request;
  session: string;
  deadline: Deadline;
  /** Bytes. */
  maxBodyBytes: number;
}

export interface RouteRules {
  /** For the log and for messages: `the token route`. */
  name: string;
  methods: readonly string[];
  /** Undefined: the route takes JSON alone, which forms of other sites cannot send either. */
  header?: CustomHeader;
  /** What holds where the options say nothing. */
  defaults: { requests: number; maxBodyBytes: number; timeoutMs: number };
  answer(admitted: Admitted): Promise<Response>;
}

const NOBODY_CAN_SAY = new Refusal(
  503,
  'temporarily_unavailable',
  'It cannot be said now who may ask. Try again later.',
);

/** @throws ServerOptionError for an option that is missing or cannot be. */
export function createRoute(options: RouteOptions, rules: RouteRules): RouteHandler {
  const { authorize, origins, timeoutMs = rules.defaults.timeoutMs } = options;
  const { maxBodyBytes = rules.defaults.maxBodyBytes, clock = Date, logger } = options;
  if (typeof authorize !== 'function') {
    throw new ServerOptionError(`Expected authorize, a function that says who may use ${rules.name}; got none.`);
  }
  assertOrigins(origins);
  assertPositive('timeoutMs', timeoutMs);
  assertPositive('maxBodyBytes', maxBodyBytes);
  const limiter = limiterOf(options.rateLimit ?? { requests: rules.defaults.requests }, clock);

  async function admit(request: Request, deadline: Deadline): Promise<Admitted> {
    if (!rules.methods.includes(request.method)) throw wrongMethod(rules.methods);
    assertOwnPage(request, origins);
    if (rules.header) assertCustomHeader(request, rules.header);
    deadline.late = NOBODY_CAN_SAY;
    const session = await deadline.within(sessionOf(authorize, request, rules.name, logger));
    if (limiter) await takeFrom(limiter, session, deadline);
    deadline.late = IT_TOOK_TOO_LONG;
    return { request, session, deadline, maxBodyBytes };
  }

  return async (request) => {
    const deadline = startDeadline(timeoutMs, request.signal);
    try {
      return await deadline.within(rules.answer(await admit(request, deadline)));
    } catch (error) {
      return refusalAnswer(asRefusal(error, rules.name, logger));
    } finally {
      deadline.stop();
    }
  };
}

/** @throws Refusal 401, or 503 where nobody can say. */
async function sessionOf(
  authorize: Authorize,
  request: Request,
  name: string,
  logger: Logger | undefined,
): Promise<string> {
  let answer;
  try {
    answer = await authorize(request);
  } catch (error) {
    logger?.error(`${name}: authorize failed with ${nameOf(error)}; the request was refused.`);
    throw NOBODY_CAN_SAY;
  }
  if (answer === true) return '';
  if (typeof answer === 'object' && typeof answer?.session === 'string') return answer.session;
  throw new Refusal(401, 'unauthorized', 'Log in first.');
}

async function takeFrom(limiter: RateLimiter, session: string, deadline: Deadline): Promise<void> {
  const { allowed, retryAfterMs } = await deadline.within(Promise.resolve(limiter.take(session)));
  if (allowed) return;
  throw new Refusal(429, 'rate_limited', 'Too many requests. Wait, then try again.', {
    headers: retryAfter(retryAfterMs),
  });
}

function limiterOf(rateLimit: RateLimitOptions | RateLimiter | false, clock: Clock): RateLimiter | undefined {
  if (rateLimit === false) return undefined;
  return 'take' in rateLimit ? rateLimit : createRateLimiter(rateLimit, clock);
}

function wrongMethod(methods: readonly string[]): Refusal {
  return new Refusal(405, 'method_not_allowed', `Expected ${methods.join(' or ')}.`, {
    headers: { Allow: methods.join(', ') },
  });
}

/** What nobody expected is told to the log by its name alone: a message may quote what it was given. */
function asRefusal(error: unknown, name: string, logger: Logger | undefined): Refusal {
  if (error instanceof Refusal) return error;
  logger?.error(`${name}: ${nameOf(error)}, which nobody expected.`);
  return new Refusal(500, 'server_error', 'Something is wrong with the server. See its log.');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function assertPositive(name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new ServerOptionError(`Expected ${name} to be a number above 0; got ${value}.`);
}
