/** A request that is not answered with what it asked for: which status, which code, which words. Thrown inside, never to callers. */

export interface RefusalFacts {
  /** PingOne's handle for its support. */
  correlationId?: string | undefined;
  headers?: Record<string, string>;
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** For programs: `error` of the answer. */
    readonly error: string,
    /** For people. Nothing of the request is in it. */
    message: string,
    readonly facts: RefusalFacts = {},
  ) {
    super(message);
  }
}

/** `Retry-After` is in whole seconds (RFC 9110, section 10.2.3); never earlier than was asked for. */
export function retryAfter(ms: number): Record<string, string> {
  return { 'Retry-After': String(Math.max(1, Math.ceil(ms / 1000))) };
}
