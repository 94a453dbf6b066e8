/**
 * What the simulated servers know and may change: the world, the tokens that are valid, the lifetime of new ones. No behaviour of PingOne
 * lives here.
 */
import { seedWorld, type World } from './seed/seed.js';
import type { SimulatorOptions, SimulatorQuirks } from './types.js';
import type { RegionCode, SimulatedApp, SimulatedEnvironment } from './world-types.js';
import { REGION_CODES } from './regions.js';

const DEFAULT_QUIRKS: SimulatorQuirks = {
  unknownEnvironmentToken: '404-platform',
  unknownEnvironmentApi: 403,
  unknownScopes: 'ignore',
  maxPageSize: 200,
  activityRange: 'open',
  identityDates: 'milliseconds',
  tokenCors: 'deny',
  apiCors: 'deny',
};

export interface SimulatorState {
  world: World;
  readonly regions: readonly RegionCode[];
  readonly quirks: SimulatorQuirks;
  /** Ids (`jti`) of the tokens that the management API accepts, with the app they were issued to. */
  readonly liveTokens: Map<string, string>;
  tokenLifetimeSeconds: number;
  clockSkewMs: number;
  /** Until then the management API answers 403, in milliseconds of `now()`. */
  permissionsFrom: number;
  publicUrl: string | undefined;
  /** The servers' time in milliseconds: the injected clock plus the skew. */
  now(): number;
  environment(region: RegionCode | undefined, id: string): SimulatedEnvironment | undefined;
  app(clientId: string): SimulatedApp | undefined;
  reset(): void;
}

export function createState(options: SimulatorOptions): SimulatorState {
  const clock = options.clock ?? { now: () => Date.now() };
  const initial = seedWorld(options, clock.now());
  const state: SimulatorState = {
    world: copyOf(initial),
    regions: options.regions ?? REGION_CODES,
    quirks: { ...DEFAULT_QUIRKS, ...options.quirks },
    liveTokens: new Map(),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
    clockSkewMs: 0,
    permissionsFrom: 0,
    publicUrl: options.publicUrl,
    now: () => clock.now() + state.clockSkewMs,
    environment: (region, id) =>
      region && state.regions.includes(region)
        ? state.world.environments.find((environment) => environment.id === id && environment.region === region)
        : undefined,
    app: (clientId) => state.world.apps.find((app) => app.clientId === clientId),
    reset() {
      state.world = copyOf(initial);
      state.liveTokens.clear();
      state.tokenLifetimeSeconds = options.tokenLifetimeSeconds ?? 3600;
      state.clockSkewMs = 0;
      state.permissionsFrom = 0;
    },
  };
  return state;
}

function copyOf(world: World): World {
  return { ...world, apps: structuredClone(world.apps) };
}
