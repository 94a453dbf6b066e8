/** The values of the two shared records: the worker application's credentials, and its token. */

/** PingOne's regions. @see https://apidocs.pingidentity.com (regional domains) */
export type Region = 'NA' | 'CA' | 'EU' | 'AU' | 'SG' | 'AP';

/** How a client authenticates at the token endpoint (OpenID Connect Core, section 9). */
export type TokenEndpointAuthMethod =
  'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt';

/** The worker application's credentials, shared by the whole app. Strings are empty where a form is not filled in yet. */
export interface WorkerTokenCredentials {
  /** PingOne environment, a UUID. */
  environmentId: string;
  clientId: string;
  clientSecret: string;
  scopes?: string[];
  region: Region;
  tokenEndpointAuthMethod: TokenEndpointAuthMethod;
  /** Only where it differs from the one derived from region and environment. */
  tokenEndpoint?: string;
  /** A custom domain, for example `login.example.com`. */
  authHost?: string;
  /** Fields of the record that this package does not know. They are kept and given back. */
  extra?: Record<string, unknown>;
}

/** The managed token as it is stored. */
export interface StoredToken {
  accessToken: string;
  tokenType: string;
  /** Deadline by this device's clock, skew already taken out, in milliseconds since 1970. */
  expiresAt: number;
  /** When it was fetched, in milliseconds since 1970. */
  obtainedAt: number;
  /** Of the credentials that got it; other credentials make the token absent. Not reversible. */
  fingerprint: string;
  scope?: string;
}
