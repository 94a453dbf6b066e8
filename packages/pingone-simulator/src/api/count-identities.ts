/**
 * Counts identities over time, from when users were created and when they were let in. Pure; days and months are those of UTC.
 */
import type { SimulatedActivity, SimulatedUser } from '../world-types.js';

const DAY_MS = 86_400_000;
/** No answer needs more, and a filter may ask for centuries. */
const MAX_DAYS = 800;

export interface DayTotal {
  /** Start of the day, in milliseconds since 1970. */
  dayMs: number;
  totalIdentities: number;
}

/** One total per day, of the users created until its end. */
export function totalPerDay(users: readonly SimulatedUser[], startMs: number, endMs: number): DayTotal[] {
  const created = users.map(({ createdAt }) => (typeof createdAt === 'string' ? Date.parse(createdAt) : 0));
  const first = Math.max(Math.floor(startMs / DAY_MS), Math.floor(endMs / DAY_MS) - MAX_DAYS);
  const totals: DayTotal[] = [];
  for (let day = first; day * DAY_MS <= endMs; day++) {
    const dayEndMs = (day + 1) * DAY_MS;
    totals.push({ dayMs: day * DAY_MS, totalIdentities: created.filter((time) => time < dayEndMs).length });
  }
  return totals;
}

export type SamplePeriod = 'DAY' | 'MONTH';

export interface ActivePeriod {
  startDate: string;
  endDate: string;
  value: number;
}

/** How many different users were let in, per day or month from `startMs` to `nowMs`; oldest first. */
export function activePerPeriod(
  activities: readonly SimulatedActivity[],
  period: SamplePeriod,
  startMs: number,
  nowMs: number,
): ActivePeriod[] {
  const periods: ActivePeriod[] = [];
  for (let from = floorOf(startMs, period); from <= nowMs; from = nextOf(from, period)) {
    const to = nextOf(from, period);
    periods.push({
      startDate: new Date(from).toISOString(),
      endDate: new Date(Math.min(to, nowMs)).toISOString(),
      value: usersIn(activities, from, to).size,
    });
  }
  return periods;
}

function usersIn(activities: readonly SimulatedActivity[], fromMs: number, toMs: number): Set<string> {
  const ids = new Set<string>();
  for (const { action, recordedAt, actors } of activities) {
    const time = Date.parse(recordedAt);
    if (action.type === 'USER.ACCESS_ALLOWED' && actors?.user && time >= fromMs && time < toMs) ids.add(actors.user.id);
  }
  return ids;
}

function floorOf(timeMs: number, period: SamplePeriod): number {
  const date = new Date(timeMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), period === 'DAY' ? date.getUTCDate() : 1);
}

function nextOf(startMs: number, period: SamplePeriod): number {
  const date = new Date(startMs);
  return period === 'DAY' ? startMs + DAY_MS : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
