/**
 * Reads the three forms in which pages have asked `POST /api/client-credentials`, and makes one of two things of them: credentials that are
 * still to be put into a request, or the parts of a request that the page has put together itself. Pure. The other side of it is
 * `proxyTokenSource` of `@worker-token/manager`.
 *
 * - nested: `{ environment_id, auth_method?, headers?, body }`
 * - flat: `{ client_id, client_secret, environment_id, scope? }`
 * - camel: `{ environmentId, clientId, clientSecret }`
 */
import {
  StorageError,
  toRegion,
  toWorkerTokenCredentials,
  type Region,
  type WorkerTokenCredentials,
} from '@worker-token/storage';
import { Refusal } from './refusal.js';

export type TokenAsk = { region: Region; environmentId: string } & (
  | { kind: 'credentials'; credentials: WorkerTokenCredentials }
  | { kind: 'parts'; headers: Record<string, string>; form: Record<string, string> }
);

type Fields = Record<string, unknown>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What the token endpoint knows (RFC 6749, section 4.4.2; RFC 7523, section 2.2). */
const FORM_FIELDS: readonly string[] = [
  'grant_type',
  'scope',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
];

/** @throws Refusal 400, `invalid_request` or `unsupported_grant_type`. */
export function readTokenAsk(json: unknown): TokenAsk {
  if (!isFields(json)) throw invalid('The body must be a JSON object');
  const environmentId = textOf(json['environment_id'] ?? json['environmentId']);
  if (environmentId === '') throw invalid('Missing required parameter: environment_id');
  if (!UUID.test(environmentId)) throw invalid('environment_id must be a UUID');
  const place = { region: regionOf(json['region']), environmentId: environmentId.toLowerCase() };
  return isFields(json['headers']) || isFields(json['body'])
    ? { ...place, kind: 'parts', ...partsOf(json) }
    : { ...place, kind: 'credentials', credentials: credentialsOf(json) };
}

/** The page's own headers and form, as far as they are on the list. */
function partsOf({ headers, body }: Fields): { headers: Record<string, string>; form: Record<string, string> } {
  const form = Object.entries(isFields(body) ? body : {}).filter(([name]) => FORM_FIELDS.includes(name));
  const given = Object.fromEntries(form.map(([name, value]) => [name, formText(name, value)]));
  assertGrant(given['grant_type'] || undefined);
  return {
    headers: authorizationOf(isFields(headers) ? headers : {}),
    form: { ...given, grant_type: 'client_credentials' },
  };
}

/** Of all headers this one alone, and of its schemes the client's own (RFC 6749, section 2.3.1). */
function authorizationOf(headers: Fields): Record<string, string> {
  const found = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'authorization');
  const value = found[0]?.[1];
  if (value === undefined || value === '') return {};
  if (found.length > 1 || typeof value !== 'string' || !/^Basic [\w+/=-]+$/i.test(value)) {
    throw invalid('headers.Authorization must be one HTTP Basic header');
  }
  return { authorization: value };
}

/** Both flat and camel: storage knows every spelling that pages have used. Older ones name no method; then it is Basic. */
function credentialsOf(json: Fields): WorkerTokenCredentials {
  assertGrant(json['grant_type']);
  // Where the token is asked for is this route's to say.
  const { tokenEndpoint: _a, token_endpoint: _b, authHost: _c, auth_host: _d, ...given } = json;
  const { clientId, clientSecret, ...credentials } = normalised(given);
  if (!clientId) throw invalid('Missing required parameter: client_id');
  if (!clientSecret) throw invalid('Missing required parameter: client_secret');
  return { ...credentials, clientId, clientSecret };
}

function normalised(given: Fields): WorkerTokenCredentials {
  try {
    return toWorkerTokenCredentials(given);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw invalid('A credential has the wrong type, or its authentication method is not known');
  }
}

/** A secret must not go to a region that was guessed. */
function regionOf(value: unknown): Region {
  try {
    return toRegion(value);
  } catch {
    throw invalid('Unknown region');
  }
}

function assertGrant(value: unknown): void {
  if (value === undefined || value === 'client_credentials') return;
  throw new Refusal(400, 'unsupported_grant_type', 'Only client_credentials can be asked for here');
}

function formText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  throw invalid(`body.${name} must be text`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): Refusal {
  return new Refusal(400, 'invalid_request', message);
}
