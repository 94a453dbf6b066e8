/** `GET …/environments/{id}`. */
import { Hono } from 'hono';
import type { SimulatedEnvironment } from '../world-types.js';
import type { ApiDependencies, ApiEnv } from './context.js';
import { guard } from './guard.js';

export function environmentRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.get('/', guard(dependencies, 'environment:read'), (c) =>
    c.json(presentEnvironment(c.var.environment, c.var.environmentUrl)),
  );
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
