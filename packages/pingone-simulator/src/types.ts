/**
 * The contract of the simulator: what it is told to do and what it records. What the tenant is made of is in `world-types.ts`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  RegionCode,
  SimulatedActivity,
  SimulatedApp,
  SimulatedEnvironment,
  SimulatedLicense,
  SimulatedOrganization,
  SimulatedPopulation,
  SimulatedUser,
} from './world-types.js';

/** The time of the simulated servers, in milliseconds since 1970. Tests move it by hand. */
export interface SimulatorClock {
  now(): number;
}

/** Which endpoints a fault hits. */
export type FaultTarget = 'token' | 'api' | 'all';

export interface FaultScope {
  /** Default `all`. */
  target?: FaultTarget;
  /** How many requests it hits. Default 1; `latency` defaults to `always`. */
  times?: number | 'always';
}

/** One fault as data; the same shape in the options, in `faults.add` and in the body of `POST /__simulator/faults`. */
export type FaultSpec = FaultScope &
  (
    | { kind: 'status'; status: number }
    | { kind: 'rateLimit'; retryAfterSeconds: number }
    | { kind: 'latency'; ms: number }
    | { kind: 'html502' }
    | { kind: 'dropConnection' }
    | { kind: 'truncateJson' }
  );

export interface Faults {
  /** Faults that still have requests to hit, oldest first. */
  readonly active: readonly FaultSpec[];
  /** Adds a fault. @throws SimulatorOptionError when it is not one. */
  add(fault: FaultSpec): void;
  /** Answers with this status and the body that PingOne has for it. */
  status(status: number, scope?: FaultScope): void;
  /** Answers 429 with `Retry-After` in seconds. */
  rateLimit(options: FaultScope & { retryAfterSeconds: number }): void;
  /** Waits before the request is handled. */
  latency(ms: number, scope?: FaultScope): void;
  /** Answers 502 with a page, as gateways do. */
  html502(scope?: FaultScope): void;
  /** Closes the socket without an answer; a direct call of `handler` rejects with a `TypeError`, as `fetch` does. */
  dropConnection(scope?: FaultScope): void;
  /** Sends the first half of a JSON body. */
  truncateJson(scope?: FaultScope): void;
  /** How far the servers' clock is ahead of the injected one: `Date`, `iat`, `exp`, and the check of `exp`. Default 0. */
  clockSkewMs: number;
  /** Every token issued so far is answered with 401 `INVALID_TOKEN` from now on. */
  expireAllTokens(): void;
  /** The management API answers 403 to everything for so long, as it does after an environment or a role is new. */
  permissionPropagation(ms: number): void;
  /** Gives an app a new secret (default: the first app, a made-up secret) and returns it. The old one stops working at once. */
  rotateSecret(options?: { clientId?: string; clientSecret?: string }): string;
  /** Ends all faults and the clock skew. Expired tokens and rotated secrets stay so; `reset()` undoes them. */
  clear(): void;
}

/** A behaviour on which sources disagree; see the README. */
export interface SimulatorQuirks {
  /** What the token endpoint answers for an unknown environment. Default `404-platform`. */
  unknownEnvironmentToken: '404-platform' | '400-oauth' | '404-html';
  /** What the management API answers for an unknown environment or organization. Default 403. */
  unknownEnvironmentApi: 403 | 404;
  /** Scopes mean nothing for a worker app; `invalid_scope` refuses them with 400. Default `ignore`. */
  unknownScopes: 'ignore' | 'invalid_scope';
  /** Largest page of a collection, whatever `limit` (1 to 1000) asked for. Default 200. */
  maxPageSize: number;
  /** Whether the range of dates that audit activities demand may lack its end. Default `open`: it may. */
  activityRange: 'open' | 'closed';
  /** How `date` stands in total identities. Default `milliseconds`. */
  identityDates: 'milliseconds' | 'seconds' | 'iso';
  /** CORS of the token endpoint. Default `deny`. */
  tokenCors: 'reflect' | 'deny';
  /** CORS of the management API. Default `deny`. */
  apiCors: 'reflect' | 'deny';
}

export interface SimulatorOptions {
  /** Regions that are served. Default all six. */
  regions?: readonly RegionCode[];
  /** Each collection that is given replaces the seeded one of the demo environment. */
  environments?: readonly SimulatedEnvironment[];
  apps?: readonly SimulatedApp[];
  users?: readonly SimulatedUser[];
  populations?: readonly SimulatedPopulation[];
  activities?: readonly SimulatedActivity[];
  organizations?: readonly SimulatedOrganization[];
  licenses?: readonly SimulatedLicense[];
  /** Default: the system's clock. */
  clock?: SimulatorClock;
  /** Faults that are active from the start, and again after `reset()`. */
  faults?: readonly FaultSpec[];
  /** Seed of the made-up data. Default 1. */
  seed?: number;
  /** Seconds. Default 3600. */
  tokenLifetimeSeconds?: number;
  quirks?: Partial<SimulatorQuirks>;
  /** Turns the `/__simulator/` routes on. Never on a public address. Default false. */
  control?: boolean;
  /** The address under which clients see the simulator, for the links in answers. Default: the origin of each request. */
  publicUrl?: string;
  /** Waits for a latency fault. Default: a timer of Node. */
  sleep?: (ms: number) => Promise<void>;
}

/** One request as it was received, with secrets and tokens replaced. */
export interface RequestRecord {
  /** Counts from 1. */
  readonly id: number;
  /** Milliseconds since 1970, by the injected clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** With `?`, or empty. */
  readonly query: string;
  readonly target: 'token' | 'api' | 'other';
  /** 0 while it runs and when the connection was dropped. */
  readonly status: number;
  /** How the client proved who it is. */
  readonly authentication: 'none' | 'basic' | 'post' | 'assertion' | 'bearer';
  readonly clientId?: string;
  /** Token endpoint only. */
  readonly form?: Readonly<Record<string, string>>;
  /** The faults that hit it. */
  readonly faults: readonly string[];
  /** True when the address carried a known secret or something that looks like a token. */
  readonly secretInUrl: boolean;
}

/** What `@hono/node-server` hands to a fetch handler; without it the handler works on the request alone. */
export interface NodeBindings {
  incoming: Pick<IncomingMessage, 'socket'>;
  outgoing: Pick<ServerResponse, 'destroy'>;
}

export interface PingOneSimulator {
  /** Starts a server. Default: a free port on 127.0.0.1. @throws PortInUseError */
  listen(options?: { port?: number; host?: string }): Promise<{ url: string }>;
  /** The whole simulator as a fetch handler: Hono's `mount(simulator.handler)`, or an injected `fetch`. */
  handler(request: Request, bindings?: unknown): Promise<Response>;
  /** The whole simulator as a Node request listener: `http.createServer(simulator.listener)`. */
  listener(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>;
  /** The last ten thousand requests since the start or the last `reset()`, except control routes. */
  readonly requests: readonly RequestRecord[];
  /** How many requests for a token came in, answered well or not. */
  tokenRequests(): number;
  readonly faults: Faults;
  /** Seconds, for tokens issued from now on. */
  tokenLifetimeSeconds: number;
  /** See the option; set it when the address is known only later. */
  publicUrl: string | undefined;
  /** Back to how it was created: data, secrets, faults, lifetime, no tokens, no records. Signing keys stay. */
  reset(): void;
  /** Stops the server and ends its connections. */
  close(): Promise<void>;
}
