/**
 * The error bodies of the token endpoint: RFC 6749, section 5.2, with PingOne's wording and a correlation id at the end of the description.
 */
import { randomUUID } from 'node:crypto';

export interface OAuthErrorBody {
  error: string;
  error_description: string;
}

export function oauthError(error: string, description: string): OAuthErrorBody {
  return { error, error_description: `${description} (Correlation ID: ${randomUUID()})` };
}

export const unsupportedMethod = (): OAuthErrorBody =>
  oauthError('invalid_client', 'Request denied: Unsupported authentication method');

export const invalidCredentials = (): OAuthErrorBody =>
  oauthError('invalid_client', 'Request denied: Invalid client credentials');

/** The body for a bare status, as an injected fault needs it; undefined where PingOne's gateway answers in the platform's shape. */
export function oauthErrorOfStatus(status: number): OAuthErrorBody | undefined {
  if (status === 400) return oauthError('invalid_request', 'Request denied: The request is invalid');
  if (status === 401) return invalidCredentials();
  return undefined;
}

/** What the authorization server says, in PingOne's words. */
export function translateError(error: {
  error?: string | undefined;
  error_description?: string | undefined;
  error_detail?: string | undefined;
}): OAuthErrorBody {
  const detail = `${error.error_description ?? ''} ${error.error_detail ?? ''}`;
  if (detail.includes('does not match the registered client authentication method')) return unsupportedMethod();
  if (error.error === 'invalid_client') return invalidCredentials();
  if (detail.includes('grant type is not allowed for this client')) {
    return oauthError('unauthorized_client', 'Request denied: The grant type is not enabled on the application');
  }
  return oauthError(error.error ?? 'server_error', `Request denied: ${error.error_description ?? 'unexpected'}`);
}
