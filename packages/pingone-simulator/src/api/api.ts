/**
 * The management API under `/api/<region>/v1`: joins the routes and turns their errors into answers.
 */
import { Hono } from 'hono';
import { notFound, PlatformError } from '../platform-error.js';
import { activityRoutes } from './activities.js';
import type { ApiDependencies, ApiEnv } from './context.js';
import { environmentListRoutes, environmentRoutes } from './environments.js';
import { identityCountRoutes } from './identity-counts.js';
import { organizationRoutes } from './organizations.js';
import { populationRoutes } from './populations.js';
import { userRoutes } from './users.js';

export function createApi(dependencies: ApiDependencies): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  const environment = '/api/:region/v1/environments/:environmentId';
  for (const routes of [environmentRoutes, userRoutes, populationRoutes, activityRoutes, identityCountRoutes]) {
    api.route(environment, routes(dependencies));
  }
  api.route('/api/:region/v1', environmentListRoutes(dependencies));
  api.route('/api/:region/v1', organizationRoutes(dependencies));
  api.notFound(() => notFound().toResponse());
  api.onError((error) => {
    if (error instanceof PlatformError) return error.toResponse();
    return new PlatformError(500, 'UNEXPECTED_ERROR', 'An unexpected error occurred.').toResponse();
  });
  return api;
}
