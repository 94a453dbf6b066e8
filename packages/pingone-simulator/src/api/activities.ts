/**
 * `GET …/activities`, and `POST` on the same path with the filter in the body, so that personal data stays out of addresses.
 */
import { Hono, type Context } from 'hono';
import { matches } from '../filter/match.js';
import { invalidData } from '../platform-error.js';
import type { SimulatedActivity } from '../world-types.js';
import { readActivityFilter } from './activity-filter.js';
import { queryOf } from './collection-query.js';
import { pageOf, type CollectionQuery } from './collection.js';
import type { ApiDependencies, ApiEnv } from './context.js';
import { guard } from './guard.js';

/** The page size that public callers use; see the README. */
const MAX_PAGE_SIZE = 500;

export function activityRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const answer = (c: Context<ApiEnv>, query: CollectionQuery): Response => c.json(activityPage(dependencies, c, query));
  routes.get('/activities', guard(dependencies, 'activity:read'), (c) => answer(c, queryOf(c)));
  routes.post('/activities', guard(dependencies, 'activity:read'), async (c) => answer(c, await bodyQuery(c)));
  return routes;
}

function activityPage({ state }: ApiDependencies, c: Context<ApiEnv>, query: CollectionQuery): object {
  const url = `${c.var.environmentUrl}/activities`;
  return pageOf<SimulatedActivity>({
    name: 'activities',
    url,
    maxPageSize: MAX_PAGE_SIZE,
    query,
    select(filterText, order) {
      const filter = readActivityFilter(filterText, state.quirks.activityRange);
      const chosen = state.world.activities.filter(
        (activity) => activity.environment.id === c.var.environment.id && matches(filter, activity),
      );
      return sorted(chosen, order);
    },
    present: (activity) => ({ _links: { self: { href: `${url}/${activity.id}` } }, ...activity, _embedded: {} }),
  });
}

function sorted(activities: SimulatedActivity[], order: string): SimulatedActivity[] {
  const match = /^(-?)(recordedAt|createdAt)$/.exec(order === '' ? '-recordedAt' : order);
  if (!match) {
    throw invalidData({
      code: 'INVALID_VALUE',
      target: 'order',
      message: 'The order must be recordedAt or -recordedAt.',
    });
  }
  const sign = match[1] === '-' ? -1 : 1;
  const key = match[2] === 'createdAt' ? 'createdAt' : 'recordedAt';
  return activities.sort((a, b) => sign * (Date.parse(a[key]) - Date.parse(b[key])));
}

async function bodyQuery(c: Context): Promise<CollectionQuery> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null) {
    throw invalidData({ code: 'INVALID_VALUE', message: 'The body must be a JSON object with a filter.' });
  }
  const fromBody = Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => ['filter', 'order', 'limit', 'cursor'].includes(name))
      .map(([name, value]) => [name, String(value)]),
  );
  return { ...definedOf(queryOf(c)), ...fromBody };
}

function definedOf(query: CollectionQuery): CollectionQuery {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
