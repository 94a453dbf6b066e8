/** Reads a body up to a limit, while there is time. What is in it is left to others. */
import { type Deadline, IT_TOOK_TOO_LONG } from './deadline.js';
import { Refusal } from './refusal.js';

export interface Readable {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly headers: Headers;
}

/**
 * The bytes, or undefined when there are more than `limit`: then the rest was not read.
 *
 * @throws whatever ends the deadline.
 */
export async function readUpTo(
  limit: number,
  { body, headers }: Readable,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  // Not awaited: a source that hangs would hang this, too.
  const leave = () => void reader.cancel().catch(() => {});
  if (Number(headers.get('content-length') ?? 0) > limit) return (leave(), undefined);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await deadline.within(reader.read());
      if (done) return joined(chunks, size);
      size += value.byteLength;
      if (size > limit) return (leave(), undefined);
      chunks.push(value);
    }
  } catch (error) {
    leave();
    throw error;
  }
}

/**
 * The JSON of a request; `{}` where there is no body.
 *
 * @throws Refusal 413, 415, 408 or 400.
 */
export async function readJson(request: Request, limit: number, deadline: Deadline): Promise<unknown> {
  const bytes = await readRequest(request, limit, deadline);
  if (bytes.byteLength === 0) return {};
  assertJson(request.headers);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new Refusal(400, 'invalid_request', 'Expected the body to be JSON.');
  }
}

/** @throws Refusal 413 or 408. */
export async function readRequest(
  request: Request,
  limit: number,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer>> {
  deadline.late = new Refusal(408, 'request_timeout', 'The body of the request took too long.');
  let bytes;
  try {
    bytes = await readUpTo(limit, request, deadline);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, 'invalid_request', 'The body of the request could not be read.');
  }
  deadline.late = IT_TOOK_TOO_LONG;
  if (bytes) return bytes;
  throw new Refusal(413, 'body_too_large', `Expected a body of ${limit} bytes at most.`);
}

/** Forms of other sites can send text, never this. @throws Refusal 415 */
export function assertJson(headers: Headers): void {
  if (isJson(headers)) return;
  throw new Refusal(415, 'unsupported_media_type', 'Expected Content-Type: application/json.');
}

/** `application/json`, or a type of its own that is written so (RFC 6839, section 3.1). */
export function isJson(headers: Headers): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers.get('content-type') ?? '');
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
