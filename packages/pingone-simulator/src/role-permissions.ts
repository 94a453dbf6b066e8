/**
 * What the built-in roles may read. Pure: roles in, yes or no out.
 */
import type { RoleName, SimulatedApp, SimulatedEnvironment } from './world-types.js';

export type Permission = 'environment:read' | 'user:read' | 'population:read' | 'activity:read' | 'identity-count:read';

const EVERYTHING: readonly Permission[] = [
  'environment:read',
  'user:read',
  'population:read',
  'activity:read',
  'identity-count:read',
];

/** The least roles for audit activities and identity counts are unclear in the documentation. */
const PERMISSIONS: Record<RoleName, readonly Permission[]> = {
  'Organization Admin': ['environment:read'],
  'Environment Admin': EVERYTHING,
  'Identity Data Admin': ['environment:read', 'user:read', 'population:read', 'identity-count:read'],
  'Identity Data Read Only': ['environment:read', 'user:read', 'population:read', 'identity-count:read'],
  'Configuration Read Only': ['environment:read', 'population:read', 'activity:read'],
};

export function appMay(app: SimulatedApp, permission: Permission, environmentId: string): boolean {
  return (app.roles ?? []).some(
    (role) =>
      (role.environmentId ?? app.environmentId) === environmentId && PERMISSIONS[role.name].includes(permission),
  );
}

/** Organizations and licences need Organization Admin, which holds for the organization of the app's environment. */
export function appMayReadOrganization(
  app: SimulatedApp,
  organizationId: string,
  environments: readonly SimulatedEnvironment[],
): boolean {
  const own = environments.find(({ id }) => id === app.environmentId);
  return own?.organizationId === organizationId && (app.roles ?? []).some(({ name }) => name === 'Organization Admin');
}
