/** `GET /environments` and `/environments/{id}`. */
import { Hono } from 'hono';
import { filtered } from '../filter/filtered.js';
import { ENVIRONMENT_RULES } from '../filter/rules.js';
import { regionOfSegment } from '../regions.js';
import { appMay } from '../role-permissions.js';
import type { SimulatedEnvironment } from '../world-types.js';
import { queryOf } from './collection-query.js';
import { pageOf } from './collection.js';
import type { ApiDependencies, ApiEnv } from './context.js';
import { guard, signedIn } from './guard.js';

export function environmentRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.get('/', guard(dependencies, 'environment:read'), (c) =>
    c.json(presentEnvironment(c.var.environment, c.var.environmentUrl)),
  );
  return routes;
}

/** Only the environments that the app may read. */
export function environmentListRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const { state } = dependencies;
  const routes = new Hono<ApiEnv>();
  routes.get('/environments', signedIn(dependencies), (c) => {
    const url = `${c.var.apiUrl}/environments`;
    const region = regionOfSegment(c.req.param('region') ?? '');
    const visible = state.world.environments
      .filter((one) => one.region === region && appMay(c.var.app, 'environment:read', one.id))
      .map((one) => presentEnvironment(one, `${url}/${one.id}`));
    const page = pageOf<object>({
      name: 'environments',
      url,
      maxPageSize: state.quirks.maxPageSize,
      query: queryOf(c),
      select: (filter) => filtered(visible, filter, ENVIRONMENT_RULES),
      present: (resource) => resource,
    });
    return c.json(page);
  });
  return routes;
}

function presentEnvironment(environment: SimulatedEnvironment, url: string): object {
  const { organizationId, licenseId, type = 'SANDBOX', createdAt, ...rest } = environment;
  return {
    _links: { self: { href: url } },
    ...rest,
    type,
    status: 'ACTIVE',
    ...(organizationId ? { organization: { id: organizationId } } : {}),
    ...(licenseId ? { license: { id: licenseId } } : {}),
    ...(createdAt ? { createdAt, updatedAt: createdAt } : {}),
  };
}
