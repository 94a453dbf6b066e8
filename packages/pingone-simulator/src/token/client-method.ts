/**
 * PingOne accepts exactly the authentication method that is set on the app, and no credentials in two places; oidc-provider treats Basic and
 * POST alike. Pure: what was sent and what the app has set in, verdict out.
 */
import type { AppAuthMethod } from '../world-types.js';

/** How a token request proves who sent it. */
export interface ClientProof {
  method: 'none' | 'basic' | 'post' | 'assertion';
  clientId?: string;
  /** Secrets stand in the header and in the body. */
  doubled: boolean;
}

export function readClientProof(headers: Headers, form: URLSearchParams): ClientProof {
  const basic = basicUser(headers.get('authorization'));
  const posted = form.has('client_secret');
  const assertion = form.get('client_assertion');
  const method = basic !== undefined ? 'basic' : posted ? 'post' : assertion ? 'assertion' : 'none';
  const clientId = basic ?? form.get('client_id') ?? (assertion ? subjectOf(assertion) : undefined);
  return { method, doubled: basic !== undefined && posted, ...(clientId ? { clientId } : {}) };
}

/** Whether the app's setting allows this proof. */
export function methodAllowed(setting: AppAuthMethod, proof: ClientProof): boolean {
  if (proof.doubled) return false;
  if (setting === 'any') return proof.method === 'basic' || proof.method === 'post';
  if (setting === 'client_secret_basic') return proof.method === 'basic';
  if (setting === 'client_secret_post') return proof.method === 'post';
  return proof.method === 'assertion';
}

function basicUser(authorization: string | null): string | undefined {
  const encoded = /^basic ([a-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const user = Buffer.from(encoded, 'base64').toString().split(':', 1)[0] ?? '';
  try {
    return decodeURIComponent(user.replaceAll('+', '%20'));
  } catch {
    return user;
  }
}

function subjectOf(assertion: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null && 'sub' in claims ? String(claims.sub) : undefined;
  } catch {
    return undefined;
  }
}
