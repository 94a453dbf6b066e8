/**
 * The world as it is at the start: what the options give, and made-up data of the demo environment for the rest.
 */
import { DEMO_APPS, DEMO_ENVIRONMENT } from '../demo.js';
import type {
  SimulatedActivity,
  SimulatedApp,
  SimulatedEnvironment,
  SimulatedPopulation,
  SimulatedUser,
  SimulatorOptions,
} from '../types.js';
import { seedActivities } from './activities.js';
import { isoBefore } from './days.js';
import { seedPopulations } from './populations.js';
import { seededRandom } from './random.js';
import { seedUsers } from './users.js';

/** All collections of the simulated tenant. */
export interface World {
  environments: SimulatedEnvironment[];
  apps: SimulatedApp[];
  users: SimulatedUser[];
  populations: SimulatedPopulation[];
  activities: SimulatedActivity[];
}

export function seedWorld(options: SimulatorOptions, nowMs: number): World {
  const random = seededRandom(options.seed ?? 1);
  const populations = seedPopulations(random, nowMs);
  const users = seedUsers(random, nowMs, populations);
  const activities = seedActivities(random, nowMs, users);
  const environment = { ...DEMO_ENVIRONMENT, createdAt: isoBefore(nowMs, 400) };
  return structuredClone({
    environments: [...(options.environments ?? [environment])],
    apps: [...(options.apps ?? DEMO_APPS)],
    users: [...(options.users ?? users)],
    populations: [...(options.populations ?? populations)],
    activities: [...(options.activities ?? activities)],
  });
}
