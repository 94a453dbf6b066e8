/**
 * The world as it is at the start: what the options give, and made-up data of the demo environment for the rest.
 */
import { DEMO_APPS, DEMO_ENVIRONMENT } from '../demo.js';
import type { SimulatorOptions } from '../types.js';
import type {
  SimulatedActivity,
  SimulatedApp,
  SimulatedEnvironment,
  SimulatedLicense,
  SimulatedOrganization,
  SimulatedPopulation,
  SimulatedUser,
} from '../world-types.js';
import { seedActivities } from './activities.js';
import { isoBefore } from './days.js';
import { seedLicenses, seedOrganization } from './licenses.js';
import { seedPopulations } from './populations.js';
import { seededRandom } from './random.js';
import { seedUsers } from './users.js';

/** All collections of the simulated tenant. Only apps ever change (their secrets), so only they are copied. */
export interface World {
  readonly environments: readonly SimulatedEnvironment[];
  readonly apps: readonly SimulatedApp[];
  readonly users: readonly SimulatedUser[];
  readonly populations: readonly SimulatedPopulation[];
  readonly activities: readonly SimulatedActivity[];
  readonly organizations: readonly SimulatedOrganization[];
  readonly licenses: readonly SimulatedLicense[];
}

export function seedWorld(options: SimulatorOptions, nowMs: number): World {
  const random = seededRandom(options.seed ?? 1);
  const populations = seedPopulations(random, nowMs);
  const users = options.users ?? seedUsers(random, nowMs, populations);
  return {
    environments: options.environments ?? [{ ...DEMO_ENVIRONMENT, createdAt: isoBefore(nowMs, 400) }],
    apps: structuredClone(options.apps ?? DEMO_APPS),
    users,
    populations: options.populations ?? populations,
    organizations: options.organizations ?? [seedOrganization(nowMs)],
    licenses: options.licenses ?? seedLicenses(random, nowMs),
    activities: options.activities ?? (users.length > 0 ? seedActivities(random, nowMs, users) : []),
  };
}
