/** What callers hand over as worker credentials, and what they are shown of them. */
import type { Region, TokenEndpointAuthMethod } from '@worker-token/storage';

/** What `saveCredentials` takes: scopes as text or list, region aliases (`us`, `Europe`, …), no derived endpoint needed. */
export interface WorkerTokenCredentialsInput {
  environmentId?: string;
  clientId?: string;
  clientSecret?: string;
  scopes?: string | readonly string[];
  region?: string;
  tokenEndpointAuthMethod?: TokenEndpointAuthMethod;
  tokenEndpoint?: string;
  authHost?: string;
  extra?: Record<string, unknown>;
}

/** The worker credentials without the secret. */
export interface PublicWorkerCredentials {
  readonly environmentId: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly scopes: readonly string[];
  readonly region: Region;
  readonly tokenEndpointAuthMethod: TokenEndpointAuthMethod;
}
