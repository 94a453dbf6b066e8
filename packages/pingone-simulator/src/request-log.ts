/**
 * The record of every request: what came, who sent it, what it got. Secrets are replaced before anything is kept.
 */
import { decodeJwt } from 'jose';
import { createRedaction } from './redaction.js';
import type { SimulatorState } from './state.js';
import { readClientProof } from './token/client-method.js';
import type { RequestRecord } from './types.js';

type OpenRecord = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] };

export interface RequestLog {
  readonly records: readonly RequestRecord[];
  /** Notes a request; the caller fills `status` and `faults` in when they are known. */
  open(request: Request, target: RequestRecord['target'], body: string): OpenRecord;
  clear(): void;
}

export function createRequestLog(state: SimulatorState): RequestLog {
  const records: OpenRecord[] = [];
  let lastId = 0;
  return {
    records,
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
      return record;
    },
    clear() {
      records.length = 0;
      lastId = 0;
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
