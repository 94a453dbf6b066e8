// What a page or process loads for a candidate's smallest use, min+gzip, in kB (1 kB = 1000 bytes).
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

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

/** The first script with what it imports at once, and everything that it may load later. */
async function kilobytes(code, external = []) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: here, sourcefile: 'page.js' },
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: external.includes('node:*') ? 'node' : 'browser',
    target: 'es2022',
    write: false,
    outdir: `${here}out`,
    external,
    logLevel: 'silent',
  });
  const size = (path) =>
    gzipSync(outputFiles.find((file) => file.path.endsWith(path.split('/').at(-1))).contents, { level: 9 }).length;
  const paths = Object.keys(metafile.outputs);
  const first = new Set(paths.filter((path) => metafile.outputs[path].entryPoint?.includes('page.js')));
  for (const path of first)
    for (const { kind, path: next } of metafile.outputs[path].imports)
      if (kind === 'import-statement' && paths.includes(next)) first.add(next);
  const sum = (list) => [...list].reduce((total, path) => total + size(path), 0) / 1000;
  return [sum(first), sum(paths)];
}

/** Rows: name, first script, with what is loaded later. */
export async function sizes() {
  const rows = [];
  for (const [name, code, external] of subjects) {
    const figures = await kilobytes(code, external).catch(() => undefined);
    rows.push([name, ...(figures?.map((figure) => `${figure.toFixed(1)} kB`) ?? ['not to be bundled', ''])]);
  }
  return rows;
}
