/**
 * Which upstream paths a request may reach. A path is compared piece by piece after every way of writing another one into it has been
 * refused: dot segments, empty segments, percent signs, backslashes. Pure.
 */
import { ServerOptionError } from './errors.js';
import { Refusal } from './refusal.js';

export type ProxyMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface AllowedRequest {
  method: ProxyMethod | readonly ProxyMethod[];
  /**
   * From `/v1` on, each `:name` one segment: `/v1/environments/:environmentId/users`. Or a RegExp, which must match the whole path.
   */
  path: string | RegExp;
  /** Names of the query parameters that may be there. Default: any, but never a token. */
  query?: readonly string[];
}

export type ProxyPath = (method: string, path: string, query: URLSearchParams) => void;

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Ids, names of resources, and nothing that means something in an address. */
const SEGMENT = /^(?!\.{1,2}$)[\w.~-]+$/;
const TOKEN_PARAMETERS = /^(access_?token|token|client_?secret|client_assertion)$/i;

/** Throws unless the request is one of those. @throws ServerOptionError for a rule that cannot be. */
export function proxyPathsOf(allow: readonly AllowedRequest[] | undefined): ProxyPath {
  if (!Array.isArray(allow) || allow.length === 0) {
    throw new ServerOptionError(
      'Expected allow, a list such as [{ method: "GET", path: "/v1/environments/:environmentId/users" }]; got none.',
    );
  }
  const rules = allow.map(compile);

  return (method, path, query) => {
    assertPlain(path);
    const reached = rules.filter((rule) => rule.pattern.test(path));
    if (reached.length === 0) throw new Refusal(404, 'not_found', 'This path is not one that may be asked for here.');
    const rule = reached.find(({ methods }) => methods.includes(method));
    if (!rule) throw notAllowed(reached.flatMap(({ methods }) => methods));
    assertQuery(query, rule.query);
  };
}

/** @throws Refusal 400 for a path that could mean another one. */
function assertPlain(path: string): void {
  const [first, ...segments] = path.split('/');
  if (first === '' && segments.length > 0 && segments.every((segment) => SEGMENT.test(segment))) return;
  throw new Refusal(400, 'invalid_request', 'Expected a plain path, without dot segments or encoded characters.');
}

function assertQuery(query: URLSearchParams, allowed: readonly string[] | undefined): void {
  for (const name of query.keys()) {
    if (TOKEN_PARAMETERS.test(name)) {
      throw new Refusal(400, 'invalid_request', 'A token or secret must not be in an address.');
    }
    if (allowed && !allowed.includes(name)) {
      throw new Refusal(400, 'invalid_request', 'A parameter of the query is not one that may be sent here.');
    }
  }
}

function compile({ method, path, query }: AllowedRequest) {
  const methods: readonly string[] = typeof method === 'string' ? [method] : method;
  const wrong = methods.find((name) => !METHODS.includes(name));
  if (wrong !== undefined) throw new ServerOptionError(`Expected methods of ${METHODS.join(', ')}; got ${wrong}.`);
  return { methods, query, pattern: typeof path === 'string' ? patternOf(path) : whole(path) };
}

function patternOf(path: string): RegExp {
  const [first, ...segments] = path.split('/');
  const sources = segments.map((segment) => {
    if (/^:\w+$/.test(segment)) return '[^/]+';
    if (SEGMENT.test(segment)) return segment.replace(/[.~-]/g, '\\$&');
    throw new ServerOptionError(`Expected a path such as /v1/environments/:environmentId/users; got ${path}.`);
  });
  if (first !== '' || sources.length === 0) {
    throw new ServerOptionError(`Expected a path that starts with /; got ${path}.`);
  }
  return new RegExp(`^/${sources.join('/')}$`);
}

/** Without the flags that remember a place or match at line ends. */
function whole(pattern: RegExp): RegExp {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gmy]/g, ''));
}

function notAllowed(methods: readonly string[]): Refusal {
  return new Refusal(405, 'method_not_allowed', `Expected ${methods.join(' or ')} for this path.`, {
    headers: { Allow: [...new Set(methods)].join(', ') },
  });
}
