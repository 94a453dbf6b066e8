/**
 * Reads the three shapes in which pages ask `POST /api/client-credentials` for a token, and makes one of them. Pure; server code.
 *
 * - nested: `{ environment_id, auth_method, headers, body }`, ready to be sent on
 * - flat:   `{ client_id, client_secret, environment_id, scope }`
 * - camel:  `{ environmentId, clientId, clientSecret, scopes, authMethod }`
 *
 * @typedef {object} TokenRequest
 * @property {string} environmentId
 * @property {unknown} region
 * @property {Record<string, string>} headers
 * @property {Record<string, string>} form
 */
const FORM_FIELDS = ['grant_type', 'scope', 'client_id', 'client_secret', 'client_assertion', 'client_assertion_type'];
const HEADER_NAMES = ['authorization'];

/**
 * @param {Record<string, any>} json
 * @returns {TokenRequest}
 */
export function readTokenRequest(json) {
  if (json.headers || json.body) return nested(json);
  const given = json.clientId === undefined ? flatFields(json) : camelFields(json);
  const scope = { grant_type: 'client_credentials', ...(given.scope ? { scope: given.scope } : {}) };
  const request = { environmentId: given.environmentId, region: json.region };
  if (given.method === 'client_secret_post') {
    return { ...request, headers: {}, form: { ...scope, client_id: given.id, client_secret: given.secret } };
  }
  return { ...request, headers: { authorization: basic(given.id, given.secret) }, form: scope };
}

function nested(json) {
  const headers = Object.entries(json.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const form = Object.entries(json.body ?? {}).filter(([name, value]) => FORM_FIELDS.includes(name) && Boolean(value));
  return {
    environmentId: text(json.environment_id),
    region: json.region,
    headers: Object.fromEntries(headers.filter(([name]) => HEADER_NAMES.includes(name))),
    form: {
      grant_type: 'client_credentials',
      ...Object.fromEntries(form.map(([name, value]) => [name, String(value)])),
    },
  };
}

function flatFields(json) {
  return {
    environmentId: text(json.environment_id),
    id: text(json.client_id),
    secret: text(json.client_secret),
    scope: text(json.scope),
    method: json.auth_method,
  };
}

function camelFields(json) {
  const scopes = json.scopes ?? json.scope;
  return {
    environmentId: text(json.environmentId),
    id: text(json.clientId),
    secret: text(json.clientSecret),
    scope: Array.isArray(scopes) ? scopes.join(' ') : text(scopes),
    method: json.tokenEndpointAuthMethod ?? json.authMethod,
  };
}

const text = (value) => (typeof value === 'string' ? value.trim() : '');

/** RFC 6749, section 2.3.1: both parts are form-encoded first. */
function basic(id, secret) {
  const encode = (part) => encodeURIComponent(part).replaceAll('%20', '+');
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`;
}
