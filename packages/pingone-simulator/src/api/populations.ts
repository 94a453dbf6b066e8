/**
 * `GET …/populations` and `…/populations/{id}`, with the number of users counted.
 */
import { Hono } from 'hono';
import { filtered } from '../filter/filtered.js';
import { POPULATION_RULES } from '../filter/rules.js';
import { notFound } from '../platform-error.js';
import type { SimulatorState } from '../state.js';
import type { SimulatedPopulation } from '../world-types.js';
import { queryOf } from './collection-query.js';
import { pageOf } from './collection.js';
import type { ApiDependencies, ApiEnv } from './context.js';
import { guard } from './guard.js';

export function populationRoutes(dependencies: ApiDependencies): Hono<ApiEnv> {
  const { state } = dependencies;
  const routes = new Hono<ApiEnv>();
  const populationsOf = (environmentId: string): SimulatedPopulation[] =>
    state.world.populations.filter(({ environment }) => environment.id === environmentId);

  routes.get('/populations', guard(dependencies, 'population:read'), (c) => {
    const page = pageOf<SimulatedPopulation>({
      name: 'populations',
      url: `${c.var.environmentUrl}/populations`,
      maxPageSize: state.quirks.maxPageSize,
      query: queryOf(c),
      select: (filter) => filtered(populationsOf(c.var.environment.id), filter, POPULATION_RULES),
      present: (population) => presentPopulation(state, population, c.var.environmentUrl),
    });
    return c.json(page);
  });

  routes.get('/populations/:populationId', guard(dependencies, 'population:read'), (c) => {
    const population = populationsOf(c.var.environment.id).find(({ id }) => id === c.req.param('populationId'));
    if (!population) throw notFound();
    return c.json(presentPopulation(state, population, c.var.environmentUrl));
  });

  return routes;
}

function presentPopulation(state: SimulatorState, population: SimulatedPopulation, environmentUrl: string): object {
  return {
    _links: {
      self: { href: `${environmentUrl}/populations/${population.id}` },
      environment: { href: environmentUrl },
    },
    ...population,
    userCount: state.world.users.filter((user) => user.population.id === population.id).length,
  };
}
