/** The contract of the routes, and nothing else: what all of them take, and what they are. Every other file imports it. */
import type { Clock, Logger, Region } from '@worker-token/storage';

/** A route: a handler of the Fetch API. It answers every request, errors included, and never rejects. */
export type RouteHandler = (request: Request) => Promise<Response>;

/** Who asks. The session is what the rate limit counts by: a session id or a user id, never an address that many share. */
export interface Authorised {
  session: string;
}

/**
 * Says whether a request may be answered: by its session cookie, by an identity that a proxy in front vouches for. It must not read the
 * body. `true`: yes, and everybody shares one rate limit. Anything that is neither `true` nor a session is answered with 401; an
 * exception with 503.
 */
export type Authorize = (request: Request) => AuthorizeAnswer | Promise<AuthorizeAnswer>;

export type AuthorizeAnswer = Authorised | boolean | null | undefined;

export interface RateDecision {
  allowed: boolean;
  /** Until the next request is allowed, in milliseconds. */
  retryAfterMs: number;
}

/** Counts requests. One of your own can count for many processes, in Redis for example. */
export interface RateLimiter {
  take(session: string): RateDecision | Promise<RateDecision>;
}

export interface RateLimitOptions {
  /** Requests that a session may make at once, and in each `perMs`. */
  requests: number;
  /** Milliseconds. Default 60 000. */
  perMs?: number;
  /** Sessions that are remembered; beyond it the one that was quiet for longest is forgotten. Default 10 000. */
  maxSessions?: number;
}

/** What every route takes. */
export interface RouteOptions {
  /** Required: there is no route that answers everybody by default. */
  authorize: Authorize;
  /**
   * Origins whose pages may call, such as `https://app.example`. Default: pages of the host that the request names. Name them where a
   * proxy changes `Host`, and for everything that is reached without TLS. Other origins also need CORS, which the routes do not speak.
   */
  origins?: readonly string[];
  /** For each session. The default is each route's own; false: none. */
  rateLimit?: RateLimitOptions | RateLimiter | false;
  /** Largest body of a request, in bytes. The default is each route's own. */
  maxBodyBytes?: number;
  /** Over everything: authorising, reading the body, asking PingOne. Milliseconds. The default is each route's own. */
  timeoutMs?: number;
  /** Told what went wrong, without a value of any request or answer. Default: silent. */
  logger?: Logger;
  /** Default: the system's. */
  clock?: Clock;
}

/** Addresses that stand in for those of a region; a region that is not named keeps PingOne's. */
export type RegionAddresses = Partial<Record<Region, string>>;
