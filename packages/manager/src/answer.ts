/**
 * Understands what a token endpoint, or a proxy before one, has answered: a token, or what is wrong (RFC 6749, sections 5.1
 * and 5.2; PingOne's platform errors). Asking is left to the token sources.
 */
import { WorkerTokenError, type WorkerTokenErrorKind } from './errors.js';
import { parseRetryAfter } from './retry-after.js';
import type { TokenResponse } from './types/token-source.js';

/** An answer with its body read. */
export interface Answer {
  status: number;
  text: string;
  header(name: string): string | null;
}

/** A `Response`, or what tests put in its place: some of it may be missing. */
export interface ResponseLike {
  ok?: boolean;
  status?: number;
  headers?: { get?: (name: string) => string | null };
  text?: () => Promise<string>;
  json?: () => Promise<unknown>;
}

/** Reads the body too, so that a body that hangs or breaks is part of the attempt. */
export async function readAnswer(response: ResponseLike): Promise<Answer> {
  const text = response.text ? await response.text() : JSON.stringify(await response.json?.());
  return {
    status: response.status ?? (response.ok ? 200 : 500),
    text,
    header: (name) => response.headers?.get?.(name) ?? null,
  };
}

/** How a refusal is to be read, where it is not the token endpoint's own. */
export interface AnswerRules {
  /** For refusals of this request; 408, 429 and 5xx mean the same everywhere. */
  kindOf: (status: number, oauthError: string | undefined) => WorkerTokenErrorKind;
  /** What the reader can do then. */
  adviceFor?: (status: number) => string;
}

const OF_AN_ENDPOINT: AnswerRules = {
  kindOf(status, oauthError) {
    if (status === 401 || oauthError === 'invalid_client') return 'invalid-client';
    if (status === 403 || oauthError === 'unauthorized_client') return 'unauthorized-client';
    return status === 404 ? 'environment-not-found' : 'invalid-request';
  },
};

/**
 * @param from Who answered, for messages: `The token endpoint`.
 * @param now Milliseconds since 1970.
 * @throws WorkerTokenError whenever there is no token in it.
 */
export function tokenResponseOf(answer: Answer, from: string, now: number, rules = OF_AN_ENDPOINT): TokenResponse {
  const body = parseObject(answer.text);
  const failed = (status: number) => errorOf({ ...answer, status }, body, from, now, rules);
  if (answer.status < 200 || answer.status > 299) throw failed(answer.status);
  if (!body) {
    throw new WorkerTokenError('malformed-response', `${from} answered ${answer.status}, but not with JSON.`, {
      status: answer.status,
      retryable: true,
    });
  }
  if (typeof body['error'] === 'string' && !body['access_token']) throw failed(400);
  return checked(body, answer, from);
}

function checked(body: Record<string, unknown>, answer: Answer, from: string): TokenResponse {
  const { access_token: token, token_type: type = 'Bearer', expires_in: life, scope } = body;
  if (typeof token !== 'string' || token === '')
    throw malformed(`${from} answered without an access_token.`, answer.status);
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw malformed(`${from} answered with a token that is not of type Bearer.`, answer.status);
  }
  const date = Date.parse(answer.header('date') ?? '');
  return {
    access_token: token,
    token_type: 'Bearer',
    ...(typeof life === 'number' || typeof life === 'string' ? { expires_in: life } : {}),
    ...(typeof scope === 'string' ? { scope } : {}),
    ...(Number.isNaN(date) ? {} : { serverDate: date }),
  };
}

function malformed(what: string, status: number): WorkerTokenError {
  return new WorkerTokenError('malformed-response', what, { status });
}

/** Worth another try: RFC 9110 and PingOne's own list. */
const RETRYABLE = new Set([408, 429, 500, 502, 503, 504]);

function errorOf(
  answer: Answer,
  body: Record<string, unknown> | undefined,
  from: string,
  now: number,
  rules: AnswerRules,
): WorkerTokenError {
  const oauthError = codeIn(body?.['error']);
  const { text, correlationId } = descriptionOf(body);
  const saying = [oauthError, text].filter(Boolean).join(': ');
  const serverNow = Date.parse(answer.header('date') ?? '') || now;
  return new WorkerTokenError(
    generalKindOf(answer.status) ?? rules.kindOf(answer.status, oauthError),
    `${from} answered ${answer.status}${saying && ` (${saying})`}.`,
    {
      status: answer.status,
      oauthError,
      correlationId,
      retryAfterMs: parseRetryAfter(answer.header('retry-after'), serverNow),
      retryable: RETRYABLE.has(answer.status),
      advice: generalKindOf(answer.status) ? undefined : rules.adviceFor?.(answer.status),
    },
  );
}

function generalKindOf(status: number): WorkerTokenErrorKind | undefined {
  if (status === 429) return 'rate-limited';
  if (status === 408 || status >= 500) return 'server';
  return status < 400 ? 'malformed-response' : undefined;
}

/** The characters that RFC 6749 allows, as far as codes use them. */
function codeIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
}

/** The server's words for people, without the correlation id that PingOne puts at their end. */
function descriptionOf(body: Record<string, unknown> | undefined): { text: string; correlationId: string | undefined } {
  const raw = body?.['error_description'] ?? body?.['message'];
  const text = typeof raw === 'string' ? raw.slice(0, 300) : '';
  const found = /\s*\(?Correlation ID:\s*([\w-]{8,64})\)?/i.exec(text);
  const id = body?.['correlation_id'] ?? body?.['id'];
  const correlationId = found?.[1] ?? (typeof id === 'string' && /^[\w-]{8,64}$/.test(id) ? id : undefined);
  return { text: (found ? text.replace(found[0], '') : text).trim().replace(/\.$/, ''), correlationId };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
