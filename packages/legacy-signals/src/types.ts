/** The shape of the signal table. It imports nothing. */

/** What gives old code away. Everything is configuration; the defaults are PingOne's. */
export interface LegacySignals {
  /** Storage keys that hold worker credentials as JSON. */
  credentialKeys: string[];
  /** Storage keys that hold a bare worker token. */
  tokenKeys: string[];
  /** Storage keys that hold the expiry of a token. */
  expiryKeys: string[];
  /** Addresses of token proxies (a path) and token endpoints (the end of an address). */
  endpoints: string[];
  /** `object.method` calls that fall back to a global store right after a read. */
  globalFallbacks: string[];
  /** Keys the user named: enough evidence by themselves. */
  explicitKeys: string[];
}

/** What a storage key holds. `related`: one page's own copy of a token, or a record that mixes token and credentials. */
export type KeyKind = 'credentials' | 'secret' | 'token' | 'expiry' | 'related';

/** `proxy`: a server route of the application; `direct`: the provider's own token endpoint. */
export type EndpointKind = 'proxy' | 'direct';

/** An ESTree or Babel node, as far as the recognisers look. */
export interface NodeLike {
  type: string;
  [field: string]: unknown;
}
