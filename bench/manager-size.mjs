// What a page or process loads for a candidate's smallest use, min+gzip, in kB (1 kB = 1000 bytes).
import { fileURLToPath } from 'node:url';
import { pageSize } from './page-size.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const cycler = `${here}node_modules/@azure/core-rest-pipeline/dist/esm/util/tokenCycler.js`;
const OURS = ['@worker-token/storage', 'oauth4webapi'];

/** Name, code, what is left out. */
const subjects = [
  [
    '**worker-token**, manager without storage and grant',
    `export { createWorkerTokenManager } from '@worker-token/manager'`,
    OURS,
  ],
  ['**worker-token**, whole', `export { workerTokenManager } from '@worker-token/manager'`],
  ['azure token cycler, without a request', `export { createTokenCycler } from '${cycler}'`],
  ['AWS memoize, without a request', `export { memoizeIdentityProvider } from '@smithy/core'`],
  ['@badgateway/oauth2-client', `export { OAuth2Client, OAuth2Fetch } from '@badgateway/oauth2-client'`],
  ['auth0 TokenProvider', `export { TokenProvider } from 'auth0'`, ['node:*']],
  ['@supabase/auth-js', `export { GoTrueClient } from '@supabase/auth-js'`],
  ['google-auth-library', `export { OAuth2Client } from 'google-auth-library'`, ['node:*']],
  ['@azure/msal-node', `export { ConfidentialClientApplication } from '@azure/msal-node'`, ['node:*']],
  ['@azure/msal-browser', `export { PublicClientApplication } from '@azure/msal-browser'`],
];

const kB = (figure) => `${figure.toFixed(1)} kB`;

/** Rows: name, first script, with what is loaded later. */
export async function sizes() {
  const rows = [];
  for (const [name, code, external = []] of subjects) {
    const platform = external.includes('node:*') ? 'node' : 'browser';
    const figures = await pageSize({ code, external, platform }).catch(() => undefined);
    rows.push([name, ...(figures ? [kB(figures.first), kB(figures.all)] : ['not to be bundled', ''])]);
  }
  return rows;
}
