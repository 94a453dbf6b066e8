/**
 * The order in which the management API refuses: token, environment, role.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { insufficientPermissions, invalidToken, notFound, type PlatformError } from '../platform-error.js';
import { regionOfSegment } from '../regions.js';
import { appMay, type Permission } from '../role-permissions.js';
import type { SimulatorState } from '../state.js';
import type { RegionCode, SimulatedApp } from '../world-types.js';
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
    const { app, region } = await authenticate(dependencies, c);
    const environment = state.environment(region, c.req.param('environmentId') ?? '');
    if (!environment) throw outOfSight(state);
    if (!appMay(app, permission, environment.id)) throw insufficientPermissions();
    c.set('environment', environment);
    c.set('environmentUrl', `${c.var.apiUrl}/environments/${environment.id}`);
    await next();
  };
}

/** Lets a request through whose token is valid; the routes decide what its app may see. */
export function signedIn(dependencies: ApiDependencies): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await authenticate(dependencies, c);
    await next();
  };
}

async function authenticate(
  dependencies: ApiDependencies,
  c: Context<ApiEnv>,
): Promise<{ app: SimulatedApp; region: RegionCode }> {
  const { state } = dependencies;
  const segment = c.req.param('region') ?? '';
  const region = regionOfSegment(segment);
  if (!region || !state.regions.includes(region)) throw notFound();
  const app = await appOfBearer(dependencies, region, c.req.header('authorization'));
  if (!app) throw invalidToken();
  if (state.now() < state.permissionsFrom) throw insufficientPermissions();
  const base = state.publicUrl ?? new URL(c.req.url).origin;
  c.set('app', app);
  c.set('apiUrl', `${base.replace(/\/$/, '')}/api/${segment}/v1`);
  return { app, region };
}

/** What an app gets that asks for an environment or organization which is not there, or not there for it. */
export function outOfSight({ quirks }: SimulatorState): PlatformError {
  return quirks.unknownEnvironmentApi === 404 ? notFound() : insufficientPermissions();
}
