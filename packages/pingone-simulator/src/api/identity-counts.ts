/**
 * `GET …/totalIdentities` and `GET …/metrics/activeIdentityCounts`.
 */
import { Hono, type Context } from 'hono';
import { comparisonsOf, usesOr } from '../filter/ast.js';
import {
  ACTIVE_IDENTITY_RULES,
  invalidFilter,
  readFilter,
  TOTAL_IDENTITY_RULES,
  type FilterRules,
} from '../filter/rules.js';
import { invalidData } from '../platform-error.js';
import type { SimulatorQuirks } from '../types.js';
import { activePerPeriod, totalPerDay, type SamplePeriod } from './count-identities.js';
import type { ApiDependencies, ApiEnv } from './context.js';
import { guard } from './guard.js';

const YEARS_2_MS = 2 * 366 * 86_400_000;

export function identityCountRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const allowed = guard(dependencies, 'identity-count:read');
  routes.get('/totalIdentities', allowed, (c) => c.json(totalIdentities(dependencies, c)));
  routes.get('/metrics/activeIdentityCounts', allowed, (c) => c.json(activeIdentityCounts(dependencies, c)));
  return routes;
}

function totalIdentities({ state }: ApiDependencies, c: Context<ApiEnv>): object {
  const dates = datesOf(c.req.query('filter'), TOTAL_IDENTITY_RULES);
  const { startdate, enddate } = dates;
  if (startdate === undefined && enddate === undefined)
    throw invalidFilter('The filter must name startDate or endDate.');
  const endMs = Math.min(enddate ?? state.now(), state.now());
  const users = state.world.users.filter(({ environment }) => environment.id === c.var.environment.id);
  const rows = totalPerDay(users, startdate ?? endMs, endMs).map(({ dayMs, totalIdentities }) => ({
    date: dateOf(dayMs, state.quirks.identityDates),
    totalIdentities,
  }));
  // `count` is documented as the present number of identities, not the number of rows.
  return collection(`${c.var.environmentUrl}/totalIdentities`, 'totalIdentities', rows, users.length);
}

function activeIdentityCounts({ state }: ApiDependencies, c: Context<ApiEnv>): object {
  const { startdate } = datesOf(c.req.query('filter'), ACTIVE_IDENTITY_RULES);
  if (startdate === undefined || startdate < state.now() - YEARS_2_MS) {
    throw invalidFilter('The filter must be startDate ge, with a date of the past two years.');
  }
  const period = periodOf(c.req.query('samplePeriod') ?? c.req.query('samplingPeriod') ?? 'DAY');
  const limit = limitOf(c.req.query('limit') ?? '10', period === 'DAY' ? 100 : 24);
  const activities = state.world.activities.filter(({ environment }) => environment.id === c.var.environment.id);
  const periods = activePerPeriod(activities, period, startdate, state.now());
  const ordered = c.req.query('order') === '-startDate' ? periods.reverse() : periods;
  // The name of the number is unclear in the documentation: both are sent.
  const rows = ordered.slice(0, limit).map((row) => ({ ...row, count: row.value }));
  const url = `${c.var.environmentUrl}/metrics/activeIdentityCounts`;
  return collection(url, 'activeIdentityCounts', rows, rows.length);
}

function collection(href: string, name: string, rows: object[], count: number): object {
  return { _links: { self: { href } }, _embedded: { [name]: rows }, count, size: rows.length };
}

/** The dates of a filter in milliseconds, by attribute in lower case. `or` has no meaning here. */
function datesOf(text: string | undefined, rules: FilterRules): { startdate?: number; enddate?: number } {
  if (!text) throw invalidFilter('A filter with dates is required.');
  const filter = readFilter(text, rules);
  if (usesOr(filter))
    throw invalidFilter('The operator or cannot be used here.', { supportedOperators: ['eq', 'and'] });
  const entries = comparisonsOf(filter).map(({ attribute, value }) => {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(time)) throw invalidFilter('The dates of the filter must be quoted and in ISO 8601.');
    return [attribute.toLowerCase(), time] as const;
  });
  return Object.fromEntries(entries);
}

function dateOf(dayMs: number, form: SimulatorQuirks['identityDates']): number | string {
  if (form === 'iso') return new Date(dayMs).toISOString();
  return form === 'seconds' ? dayMs / 1000 : dayMs;
}

function periodOf(text: string): SamplePeriod {
  if (text === 'DAY' || text === 'MONTH') return text;
  throw invalidData({ code: 'INVALID_VALUE', target: 'samplePeriod', message: 'The period must be DAY or MONTH.' });
}

function limitOf(text: string, max: number): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= max) return limit;
  const innerError = { rangeMinimumValue: 1, rangeMaximumValue: max };
  throw invalidData({ code: 'OUT_OF_RANGE', target: 'limit', message: 'The limit is out of range.', innerError });
}
