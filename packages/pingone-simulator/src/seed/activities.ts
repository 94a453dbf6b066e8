/** Ninety days of audit activities that end at the given moment, fewer at weekends. */
import { DEMO } from '../demo.js';
import type { SimulatedActivity, SimulatedActor, SimulatedUser } from '../world-types.js';
import { DAY_MS, isoBefore } from './days.js';
import type { Random } from './random.js';

export const SEEDED_DAYS = 90;

interface Kind {
  type: string;
  description: string;
  weight: number;
  failed?: boolean;
}

const KINDS: readonly Kind[] = [
  { type: 'USER.ACCESS_ALLOWED', description: 'User Access Allowed', weight: 60 },
  { type: 'USER.ACCESS_DENIED', description: 'User Access Denied', weight: 9, failed: true },
  { type: 'USER.UPDATED', description: 'User Updated', weight: 14 },
  { type: 'USER.CREATED', description: 'User Created', weight: 6 },
  { type: 'USER.DELETED', description: 'User Deleted', weight: 2 },
  { type: 'MEMBER_OF_GROUP.CREATED', description: 'Member Of Group Created', weight: 5 },
  { type: 'APPLICATION.UPDATED', description: 'Application Updated', weight: 2 },
  { type: 'SECRET.READ', description: 'Secret Read', weight: 2 },
];
const WEIGHT = KINDS.reduce((sum, kind) => sum + kind.weight, 0);

export function seedActivities(random: Random, nowMs: number, users: readonly SimulatedUser[]): SimulatedActivity[] {
  const activities: SimulatedActivity[] = [];
  for (let day = 0; day < SEEDED_DAYS; day++) {
    const weekday = new Date(nowMs - day * DAY_MS).getUTCDay();
    const count = weekday === 0 || weekday === 6 ? random.between(8, 16) : random.between(25, 45);
    for (let n = 0; n < count; n++) activities.push(activity(random, isoBefore(nowMs, day + random.next()), users));
  }
  return activities.sort((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1));
}

function activity(random: Random, recordedAt: string, users: readonly SimulatedUser[]): SimulatedActivity {
  const kind = kindOf(random);
  const subject = actorOf(random.pick(users));
  const application = kind.type.startsWith('APPLICATION') || kind.type.startsWith('SECRET');
  const resource: SimulatedActor = application
    ? { type: 'APPLICATION', id: DEMO.clientId, name: 'Demo worker', environment: { id: DEMO.environmentId } }
    : subject;
  return {
    id: random.uuid(),
    recordedAt,
    createdAt: recordedAt,
    correlationId: random.uuid(),
    environment: { id: DEMO.environmentId },
    action: { type: kind.type, description: kind.description },
    actors: {
      client: { id: DEMO.clientId, name: 'Demo worker', type: 'CLIENT', environment: { id: DEMO.environmentId } },
      ...(application ? {} : { user: subject }),
    },
    resources: [resource],
    result: kind.failed
      ? { status: 'FAILED', description: `${kind.description}: wrong password` }
      : { status: 'SUCCESS', description: `${kind.description}: ${resource.name}` },
  };
}

function kindOf(random: Random): Kind {
  let rest = random.next() * WEIGHT;
  return KINDS.find((kind) => (rest -= kind.weight) < 0) ?? (KINDS[0] as Kind);
}

function actorOf(user: SimulatedUser): SimulatedActor {
  return {
    id: user.id,
    name: user.username,
    type: 'USER',
    environment: user.environment,
    population: user.population,
  };
}
