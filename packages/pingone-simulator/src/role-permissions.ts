/**
 * What the built-in roles may read. Pure: roles in, yes or no out.
 */
import type { RoleName, SimulatedApp } from './world-types.js';

export type Permission = 'environment:read' | 'user:read' | 'population:read' | 'activity:read';

const EVERYTHING: readonly Permission[] = ['environment:read', 'user:read', 'population:read', 'activity:read'];

/** The least role for audit activities is unclear in the documentation; Environment Admin and Configuration Read Only are certain. */
const PERMISSIONS: Record<RoleName, readonly Permission[]> = {
  'Organization Admin': ['environment:read'],
  'Environment Admin': EVERYTHING,
  'Identity Data Admin': ['environment:read', 'user:read', 'population:read'],
  'Identity Data Read Only': ['environment:read', 'user:read', 'population:read'],
  'Configuration Read Only': ['environment:read', 'population:read', 'activity:read'],
};

export function appMay(app: SimulatedApp, permission: Permission, environmentId: string): boolean {
  return (app.roles ?? []).some(
    (role) =>
      (role.environmentId ?? app.environmentId) === environmentId && PERMISSIONS[role.name].includes(permission),
  );
}
