/** Five hundred made-up users at example.test, a domain that can never exist. */
import { DEMO } from '../demo.js';
import type { SimulatedPopulation, SimulatedUser } from '../world-types.js';
import { isoBefore } from './days.js';
import { FAMILY_NAMES, GIVEN_NAMES, PLACES, TITLES } from './names.js';
import type { Random } from './random.js';

export const SEEDED_USERS = 500;
const GROUPS = ['Staff', 'Engineering', 'Finance', 'Support', 'Beta testers'];

export function seedUsers(random: Random, nowMs: number, populations: readonly SimulatedPopulation[]): SimulatedUser[] {
  const groups = GROUPS.map((name) => ({ id: random.uuid(), name }));
  return Array.from({ length: SEEDED_USERS }, (_, index) => {
    const [given, family] = nameOf(index);
    const population = index === 0 ? populations[0] : random.pick(populations);
    return user(random, nowMs, {
      id: index === 0 ? DEMO.userId : random.uuid(),
      given,
      family,
      populationId: population?.id ?? '',
      groups: groups.filter((_group, n) => (index === 0 ? n < 2 : random.next() < 0.25)),
    });
  });
}

/** Every index below 1600 has another pair of names: 40 × 40, walked diagonally. */
function nameOf(index: number): [given: string, family: string] {
  const row = Math.floor(index / GIVEN_NAMES.length);
  const given = GIVEN_NAMES[index % GIVEN_NAMES.length] as string;
  const family = FAMILY_NAMES[(index + row) % FAMILY_NAMES.length] as string;
  return [given, family];
}

function user(
  random: Random,
  nowMs: number,
  who: { id: string; given: string; family: string; populationId: string; groups: { id: string; name: string }[] },
): SimulatedUser {
  const username = `${who.given}.${who.family}`.toLowerCase();
  const place = random.pick(PLACES);
  const ageDays = random.between(20, 390);
  const locked = who.id !== DEMO.userId && random.next() < 0.03;
  const enabled = who.id === DEMO.userId || random.next() > 0.05;
  return {
    id: who.id,
    username,
    email: `${username}@example.test`,
    emailVerified: random.next() > 0.1,
    enabled,
    name: { given: who.given, family: who.family, formatted: `${who.given} ${who.family}` },
    title: random.pick(TITLES),
    locale: place.locale,
    preferredLanguage: place.locale.slice(0, 2),
    timezone: place.timezone,
    primaryPhone: `+1555${String(random.between(0, 9_999_999)).padStart(7, '0')}`,
    address: { locality: place.locality, countryCode: place.countryCode },
    account: { canAuthenticate: enabled && !locked, status: locked ? 'LOCKED' : 'OK' },
    lifecycle: { status: 'ACCOUNT_OK' },
    lastSignOn: { at: isoBefore(nowMs, random.next() * 19), remoteIp: `192.0.2.${random.between(1, 254)}` },
    mfaEnabled: random.next() > 0.6,
    verifyStatus: 'NOT_INITIATED',
    identityProvider: { type: 'PING_ONE' },
    environment: { id: DEMO.environmentId },
    population: { id: who.populationId },
    memberOfGroups: who.groups,
    createdAt: isoBefore(nowMs, ageDays),
    updatedAt: isoBefore(nowMs, random.next() * ageDays),
  };
}
