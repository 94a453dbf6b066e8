/** The answers of all routes: JSON that nobody keeps and no browser takes for anything else. */
import type { Refusal } from './refusal.js';

const ALWAYS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

export function jsonAnswer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return textAnswer(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

/** @param text Empty: no body. */
export function textAnswer(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text === '' ? null : text, { status, headers: { ...headers, ...ALWAYS } });
}

/** `{ error, error_description, correlation_id? }`, as RFC 6749, section 5.2, has it. */
export function refusalAnswer({ status, error, message, facts }: Refusal): Response {
  const { correlationId, headers = {} } = facts;
  const handle = correlationId === undefined ? {} : { correlation_id: correlationId };
  return jsonAnswer(status, { error, error_description: message, ...handle }, headers);
}
