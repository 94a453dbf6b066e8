/** How a client may authenticate at the token endpoint (OpenID Connect Core, section 9). */
import type { TokenEndpointAuthMethod } from './types/credentials.js';

export const AUTH_METHODS: readonly TokenEndpointAuthMethod[] = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
];
