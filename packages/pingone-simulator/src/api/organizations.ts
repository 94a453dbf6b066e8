/**
 * `GET /organizations`, `/organizations/{id}`, `/organizations/{id}/licenses` and `/organizations/{id}/licenses/{id}`.
 */
import { Hono } from 'hono';
import { filtered } from '../filter/filtered.js';
import { LICENSE_RULES, ORGANIZATION_RULES } from '../filter/rules.js';
import { invalidData, notFound } from '../platform-error.js';
import { appMayReadOrganization } from '../role-permissions.js';
import type { SimulatedApp, SimulatedLicense, SimulatedOrganization } from '../world-types.js';
import { queryOf } from './collection-query.js';
import { pageOf } from './collection.js';
import type { ApiDependencies, ApiEnv } from './context.js';
import { outOfSight, signedIn } from './guard.js';

export function organizationRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const { state } = dependencies;
  const routes = new Hono<ApiEnv>();
  routes.use('/organizations/*', signedIn(dependencies));
  const visible = (app: SimulatedApp): SimulatedOrganization[] =>
    state.world.organizations.filter(({ id }) => appMayReadOrganization(app, id, state.world.environments));
  const organizationOf = (app: SimulatedApp, id: string): SimulatedOrganization => {
    const organization = visible(app).find((one) => one.id === id);
    if (!organization) throw outOfSight(state);
    return organization;
  };
  const licensesOf = ({ id }: SimulatedOrganization): SimulatedLicense[] =>
    state.world.licenses.filter(({ organization }) => organization.id === id);

  routes.get('/organizations', (c) => {
    const url = `${c.var.apiUrl}/organizations`;
    const page = pageOf<SimulatedOrganization>({
      name: 'organizations',
      url,
      maxPageSize: state.quirks.maxPageSize,
      query: queryOf(c),
      select: (filter) => filtered(visible(c.var.app), filter, ORGANIZATION_RULES),
      present: (organization) => linked(organization, `${url}/${organization.id}`),
    });
    return c.json(page);
  });

  routes.get('/organizations/:organizationId', (c) => {
    const organization = organizationOf(c.var.app, c.req.param('organizationId'));
    return c.json(linked(organization, `${c.var.apiUrl}/organizations/${organization.id}`));
  });

  routes.get('/organizations/:organizationId/licenses', (c) => {
    const organization = organizationOf(c.var.app, c.req.param('organizationId'));
    const url = `${c.var.apiUrl}/organizations/${organization.id}/licenses`;
    const page = pageOf<SimulatedLicense>({
      name: 'licenses',
      url,
      maxPageSize: state.quirks.maxPageSize,
      query: queryOf(c),
      select: (filter, order) => ordered(filtered(licensesOf(organization), filter, LICENSE_RULES), order),
      present: (license) => linked(license, `${url}/${license.id}`),
    });
    return c.json(page);
  });

  routes.get('/organizations/:organizationId/licenses/:licenseId', (c) => {
    const organization = organizationOf(c.var.app, c.req.param('organizationId'));
    const license = licensesOf(organization).find(({ id }) => id === c.req.param('licenseId'));
    if (!license) throw notFound();
    return c.json(linked(license, `${c.var.apiUrl}/organizations/${organization.id}/licenses/${license.id}`));
  });

  return routes;
}

function linked(resource: object, href: string): object {
  return { _links: { self: { href } }, ...resource };
}

function ordered(licenses: readonly SimulatedLicense[], order: string): SimulatedLicense[] {
  if (!/^(-?beginsAt)?$/.test(order)) {
    throw invalidData({ code: 'INVALID_VALUE', target: 'order', message: 'The order must be beginsAt or -beginsAt.' });
  }
  const sign = order === 'beginsAt' ? 1 : -1;
  return [...licenses].sort((a, b) => sign * (Date.parse(a.beginsAt) - Date.parse(b.beginsAt)));
}
