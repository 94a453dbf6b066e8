// The manager and its peers, each made anew against one token endpoint and reduced to `get()`: a promise of a token. Where a
// package leaves the request itself to its user, that is one plain `fetch`.
import { ConfidentialClientApplication } from '@azure/msal-node';
import { OAuth2Client as BadgatewayClient, OAuth2Fetch } from '@badgateway/oauth2-client';
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core';
import { GoTrueClient } from '@supabase/auth-js';
import { createWorkerTokenManager } from '@worker-token/manager';
import { TokenProvider } from 'auth0';
import { OAuth2Client as GoogleClient } from 'google-auth-library';

// Not exported by its package, which uses it inside a request policy.
const cycler = new URL('node_modules/@azure/core-rest-pipeline/dist/esm/util/tokenCycler.js', import.meta.url);
const { createTokenCycler } = await import(cycler.href);

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const client = { clientId: 'bench', clientSecret: 'bench' };

export async function plainFetch(url) {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!response.ok) throw new Error(`It answered ${response.status}.`);
  const { access_token: token, expires_in: expiresIn } = await response.json();
  return { token, expiresAt: Date.now() + expiresIn * 1000 };
}

async function ours({ url }) {
  const manager = createWorkerTokenManager({ allowedTokenHosts: [new URL(url).host], logger: silent, random: () => 0 });
  const environmentId = '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e';
  await manager.saveCredentials({ environmentId, ...client, tokenEndpoint: url });
  return () => manager.getWorkerToken();
}

function azureCycler({ url }) {
  const getToken = async () => {
    const { token, expiresAt } = await plainFetch(url);
    return { token, expiresOnTimestamp: expiresAt };
  };
  const get = createTokenCycler({ getToken });
  return async () => (await get('scope', {})).token;
}

function google({ url }) {
  const auth = new GoogleClient({ ...client, endpoints: { oauth2TokenUrl: url } });
  auth.setCredentials({ refresh_token: 'refresh' });
  return async () => (await auth.getAccessToken()).token;
}

function aws({ url }) {
  const provide = async () => {
    const { token, expiresAt } = await plainFetch(url);
    return { token, expiration: new Date(expiresAt) };
  };
  const get = memoizeIdentityProvider(provide, isIdentityExpired, doesIdentityRequireRefresh);
  return async () => (await get()).token;
}

function auth0({ url }) {
  const options = { domain: new URL(url).host, ...client, audience: 'bench' };
  const provider = new TokenProvider({ ...options, fetch: (address, init) => fetch(url, init) });
  return () => provider.getAccessToken();
}

function badgateway({ url }) {
  const oauth = new BadgatewayClient({ server: url, ...client, tokenEndpoint: url });
  const wrapper = new OAuth2Fetch({
    client: oauth,
    getNewToken: () => oauth.clientCredentials(),
    scheduleRefresh: false,
  });
  return () => wrapper.getAccessToken();
}

async function supabase({ url }) {
  const items = new Map();
  const storage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  const old = { access_token: 'old', refresh_token: 'refresh', token_type: 'bearer', user: { id: 'u' } };
  const options = { url: new URL(url).origin, storageKey: 'bench', storage, autoRefreshToken: false };
  const auth = new GoTrueClient({ ...options, skipAutoInitialize: true });
  items.set('bench', JSON.stringify({ ...old, expires_in: 1, expires_at: 1 }));
  return async () => {
    const { data, error } = await auth.getSession();
    if (error || !data.session) throw error ?? new Error('There is no session.');
    return data.session.access_token;
  };
}

function msal({ url }) {
  const authority = 'https://login.example/tenant';
  const ask = async (options) => {
    const response = await fetch(url, options);
    return { headers: {}, body: await response.json(), status: response.status };
  };
  const networkClient = {
    sendGetRequestAsync: () => ask({}),
    sendPostRequestAsync: (_, { headers, body }) => ask({ method: 'POST', headers, body }),
  };
  const metadata = { issuer: authority, token_endpoint: `${authority}/token`, authorization_endpoint: authority };
  const app = new ConfidentialClientApplication({
    auth: {
      ...client,
      authority,
      knownAuthorities: ['login.example'],
      authorityMetadata: JSON.stringify({ ...metadata, jwks_uri: authority }),
    },
    system: { networkClient },
  });
  return async () => (await app.acquireTokenByClientCredential({ scopes: ['bench/.default'] })).accessToken;
}

/** `leftS`: seconds before the end that lie in the candidate's own refresh window. `callers`: as many as it can take. */
export const candidates = [
  { name: '**worker-token**', make: ours, leftS: 100 },
  { name: 'azure token cycler 1.24.0', make: azureCycler, leftS: 100 },
  { name: 'google-auth-library 10.9.1', make: google, leftS: 100 },
  { name: 'AWS memoize (@smithy/core 3.41.1)', make: aws, leftS: 100 },
  { name: 'auth0 7.1.0', make: auth0, leftS: 5 },
  { name: '@badgateway/oauth2-client 3.3.1', make: badgateway, leftS: 5 },
  { name: '@supabase/auth-js 2.109.0', make: supabase, leftS: 60 },
  { name: '@azure/msal-node 7.2.3', make: msal, leftS: 100, callers: 500, cachedCalls: 200 },
];
