/**
 * `GET …/users`, `…/users/{id}` and `…/users/{id}/population`.
 */
import { Hono } from 'hono';
import { filtered } from '../filter/filtered.js';
import { USER_RULES } from '../filter/rules.js';
import { notFound } from '../platform-error.js';
import type { SimulatedUser } from '../world-types.js';
import { queryOf } from './collection-query.js';
import { pageOf } from './collection.js';
import type { ApiDependencies, ApiEnv } from './context.js';
import { guard } from './guard.js';

export function userRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const { state } = dependencies;
  const routes = new Hono<ApiEnv>();
  const usersOf = (environmentId: string): SimulatedUser[] =>
    state.world.users.filter((user) => user.environment.id === environmentId);

  routes.get('/users', guard(dependencies, 'user:read'), (c) => {
    const url = `${c.var.environmentUrl}/users`;
    const page = pageOf<SimulatedUser>({
      name: 'users',
      url,
      maxPageSize: state.quirks.maxPageSize,
      query: queryOf(c),
      select: (filter) => filtered(usersOf(c.var.environment.id), filter, USER_RULES),
      present: (user) => presentUser(user, c.var.environmentUrl, c.req.query('include')),
    });
    return c.json(page);
  });

  routes.get('/users/:userId', guard(dependencies, 'user:read'), (c) => {
    const user = usersOf(c.var.environment.id).find(({ id }) => id === c.req.param('userId'));
    if (!user) throw notFound();
    return c.json(presentUser(user, c.var.environmentUrl, c.req.query('include')));
  });

  routes.get('/users/:userId/population', guard(dependencies, 'population:read'), (c) => {
    const user = usersOf(c.var.environment.id).find(({ id }) => id === c.req.param('userId'));
    if (!user) throw notFound();
    return c.json({ id: user.population.id, environment: user.environment });
  });

  return routes;
}

function presentUser(user: SimulatedUser, environmentUrl: string, include: string | undefined): object {
  const { password: _writeOnly, memberOfGroups = [], ...attributes } = user;
  return {
    _links: {
      self: { href: `${environmentUrl}/users/${user.id}` },
      environment: { href: environmentUrl },
      population: { href: `${environmentUrl}/populations/${user.population.id}` },
    },
    ...attributes,
    ...(include === 'memberOfGroupIDs' ? { memberOfGroupIDs: memberOfGroups.map(({ id }) => id) } : {}),
    ...(include === 'memberOfGroupNames' ? { memberOfGroupNames: memberOfGroups.map(({ name }) => name) } : {}),
  };
}
