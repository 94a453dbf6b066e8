/**
 * Which attributes and operators each collection takes, and the 400 that everything else gets. Sources: the lists that the vendor documents
 * for users, populations and activities.
 */
import { invalidData, type PlatformError } from '../platform-error.js';
import { comparisonsOf, type Comparison, type Filter } from './ast.js';
import { parseFilter } from './parse.js';
import { FilterSyntaxError } from './tokenize.js';

/** Attribute names in lower case, each with the operators that it takes. */
export type FilterRules = Readonly<Record<string, readonly string[]>>;

const TEXT = ['eq', 'sw'] as const;

function table(attributes: string, operators: readonly string[]): FilterRules {
  return Object.fromEntries(attributes.split(/\s+/).map((attribute) => [attribute.toLowerCase(), operators]));
}

export const USER_RULES: FilterRules = table(
  'accountId address.streetAddress address.locality address.region address.postalCode address.countryCode email enabled ' +
    'externalId locale mobilePhone name.formatted name.given name.middle name.family name.honorificPrefix ' +
    'name.honorificSuffix nickname population.id photo.href preferredLanguage primaryPhone timezone title type username ' +
    'memberOfGroups.id startDate endDate',
  TEXT,
);

export const POPULATION_RULES: FilterRules = table('id name', TEXT);

export const ORGANIZATION_RULES: FilterRules = table('name', ['sw']);

export const ENVIRONMENT_RULES: FilterRules = {
  name: ['sw'],
  ...table('id organization.id license.id', ['eq']),
};

export const LICENSE_RULES: FilterRules = {
  ...table('status name package', ['eq']),
  beginsat: ['lt'],
};

export const TOTAL_IDENTITY_RULES: FilterRules = table('startDate endDate', ['eq']);

export const ACTIVE_IDENTITY_RULES: FilterRules = table('startDate', ['ge']);

export const ACTIVITY_RULES: FilterRules = {
  ...table('recordedAt createdAt', ['gt', 'ge', 'lt', 'le']),
  ...table(
    'correlationId actors.client.id actors.user.id actors.user.population.id resources.type resources.id ' +
      'resources.population.id',
    ['eq'],
  ),
  ...table('action.type', ['eq', 'in']),
};

/**
 * Parses a filter and checks it against the rules of an endpoint.
 *
 * @throws PlatformError 400 `INVALID_DATA` with detail `INVALID_FILTER`
 */
export function readFilter(text: string, rules: FilterRules): Filter {
  const filter = parsed(text);
  for (const comparison of comparisonsOf(filter)) checkComparison(comparison, rules);
  return filter;
}

/** 400 `INVALID_DATA` with detail `INVALID_FILTER`. */
export function invalidFilter(message: string, innerError?: Record<string, unknown>): PlatformError {
  return invalidData({ code: 'INVALID_FILTER', target: 'filter', message, ...(innerError ? { innerError } : {}) });
}

function parsed(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw invalidFilter(error.message);
    throw error;
  }
}

function checkComparison({ attribute, operator }: Comparison, rules: FilterRules): void {
  const operators = rules[attribute.toLowerCase()];
  if (!operators) {
    throw invalidFilter(`The attribute ${attribute} cannot be filtered.`, { supportedAttributes: Object.keys(rules) });
  }
  if (!operators.includes(operator)) {
    throw invalidFilter(`The operator ${operator} cannot be used with ${attribute}.`, {
      supportedOperators: [...operators, 'and', 'or'],
    });
  }
}
