/**
 * The record of every request: what came, who sent it, what it got. Secrets are replaced before anything is kept.
 */
import { decodeJwt } from 'jose';
import { createRedaction } from './redaction.js';
import type { SimulatorState } from './state.js';
import { readClientProof } from './token/client-method.js';
import type { RequestRecord } from './types.js';

type OpenRecord = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] };

/** A demonstration may run for weeks. */
const MAX_RECORDS = 10_000;

export interface RequestLog {
  /** The last ten thousand. */
  readonly records: readonly RequestRecord[];
  /** Requests for a token since the start, recorded or not any more. */
  tokenRequests(): number;
  /** Notes a request; the caller fills `status` and `faults` in when they are known. */
  open(request: Request, target: RequestRecord['target'], body: string): OpenRecord;
  clear(): void;
}

export function createRequestLog(state: SimulatorState): RequestLog {
  const records: OpenRecord[] = [];
  let lastId = 0;
  let tokenRequests = 0;
  return {
    records,
    tokenRequests: () => tokenRequests,
    open(request, target, body) {
      const redaction = createRedaction(state.world.apps.map(({ clientSecret }) => clientSecret));
      const url = new URL(request.url);
      const address = decoded(url.pathname + url.search);
      const form = new URLSearchParams(target === 'token' ? body : '');
      const record: OpenRecord = {
        id: ++lastId,
        at: state.now() - state.clockSkewMs,
        method: request.method,
        path: redaction.text(url.pathname),
        query: redaction.found(address) ? redaction.text(decoded(url.search)) : url.search,
        target,
        status: 0,
        ...senderOf(request, form),
        ...(target === 'token' ? { form: redaction.form(form) } : {}),
        faults: [],
        secretInUrl: redaction.found(address),
      };
      records.push(record);
      if (records.length > MAX_RECORDS) records.shift();
      if (target === 'token' && request.method === 'POST') tokenRequests++;
      return record;
    },
    clear() {
      records.length = 0;
      lastId = 0;
      tokenRequests = 0;
    },
  };
}

function senderOf(
  request: Request,
  form: URLSearchParams,
): Pick<RequestRecord, 'authentication'> & { clientId?: string } {
  const bearer = /^bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    const clientId = subjectOf(bearer);
    return { authentication: 'bearer', ...(clientId ? { clientId } : {}) };
  }
  const proof = readClientProof(request.headers, form);
  return { authentication: proof.method, ...(proof.clientId ? { clientId: proof.clientId } : {}) };
}

function subjectOf(token: string): string | undefined {
  try {
    const clientId = decodeJwt(token)['client_id'];
    return typeof clientId === 'string' ? clientId : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
