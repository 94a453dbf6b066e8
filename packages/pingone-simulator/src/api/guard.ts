/**
 * The order in which the management API refuses: token, environment, role.
 */
import type { MiddlewareHandler } from 'hono';
import { insufficientPermissions, invalidToken, notFound, type PlatformError } from '../platform-error.js';
import { regionOfSegment } from '../regions.js';
import { appMay, type Permission } from '../role-permissions.js';
import { appOfBearer } from './bearer.js';
import type { ApiDependencies, ApiEnv } from './context.js';

/**
 * Lets a request through whose app may do this in the environment of the path.
 *
 * @throws PlatformError 401, 403, or what the quirk says about an unknown environment
 */
export function guard(dependencies: ApiDependencies, permission: Permission): MiddlewareHandler<ApiEnv> {
  const { state } = dependencies;
  return async (c, next) => {
    const segment = c.req.param('region') ?? '';
    const region = regionOfSegment(segment);
    if (!region || !state.regions.includes(region)) throw notFound();
    const app = await appOfBearer(dependencies, region, c.req.header('authorization'));
    if (!app) throw invalidToken();
    const environment = state.environment(region, c.req.param('environmentId') ?? '');
    if (!environment) throw unknownEnvironment(state.quirks.unknownEnvironmentApi);
    if (!appMay(app, permission, environment.id)) throw insufficientPermissions();
    c.set('app', app);
    c.set('environment', environment);
    c.set('environmentUrl', environmentUrl(state.publicUrl ?? new URL(c.req.url).origin, segment, environment.id));
    await next();
  };
}

function environmentUrl(base: string, segment: string, environmentId: string): string {
  return `${base.replace(/\/$/, '')}/api/${segment}/v1/environments/${environmentId}`;
}

function unknownEnvironment(status: 403 | 404): PlatformError {
  return status === 404 ? notFound() : insufficientPermissions();
}
