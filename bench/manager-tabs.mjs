// `node bench/manager-tabs.mjs [trials]`: eight tabs of a real Chromium, 1 250 callers in each, one storage: how many token
// requests? Needs the built packages.
import { build } from 'esbuild';
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startTokenEndpoint } from './token-endpoint.mjs';

const trials = Number(process.argv[2] ?? 200);
const TABS = 8;
const CALLERS = 1250;
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!executablePath) throw new Error('Chromium is needed: install it, or name it in CHROMIUM_PATH');

const PAGE = `
  import { createWorkerTokenManager } from '@worker-token/manager';
  const open = (host) => createWorkerTokenManager({
    allowedTokenHosts: [host], acknowledgeBrowserSecret: true, legacy: { credentials: [] },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  window.save = (tokenEndpoint) => open(new URL(tokenEndpoint).host).saveCredentials({
    environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e', clientId: 'bench', clientSecret: 'bench', tokenEndpoint,
  });
  window.call = async (host, callers, at) => {
    const manager = open(host);
    while (Date.now() < at);
    return [...new Set(await Promise.all(Array.from({ length: callers }, () => manager.getWorkerToken())))];
  };
`;

async function startPage() {
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  const options = {
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  };
  const { outputFiles } = await build({ ...options, stdin: { contents: PAGE, resolveDir } });
  const script = outputFiles[0].text;
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}/` };
}

/** @returns the number of token requests, and of different tokens. */
async function trial(browser, page, endpoint) {
  const context = await browser.newContext();
  const tabs = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(page.url, { waitUntil: 'load' })));
  await Promise.all(tabs.map((tab) => tab.waitForFunction('window.call')));
  await tabs[0].evaluate((url) => globalThis.save(url), endpoint.url);
  endpoint.requests = 0;
  const host = new URL(endpoint.url).host;
  const all = await Promise.all(
    tabs.map((tab) => tab.evaluate(([h, n, at]) => globalThis.call(h, n, at), [host, CALLERS, Date.now() + 150])),
  );
  await context.close();
  return { requests: endpoint.requests, tokens: new Set(all.flat()).size };
}

const endpoint = await startTokenEndpoint();
const page = await startPage();
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({
  executablePath,
  args: [
    ...sandbox,
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});
const version = browser.version();
const results = [];
try {
  for (let number = 0; number < trials; number++) results.push(await trial(browser, page, endpoint));
} finally {
  await browser.close();
  await endpoint.stop();
  page.server.close();
}
const exact = results.filter(({ requests, tokens }) => requests === 1 && tokens === 1).length;
const most = Math.max(...results.map(({ requests }) => requests));
console.log(
  `Chromium ${version}: ${TABS} tabs × ${CALLERS} callers made 1 token request in ${exact} of ${trials} trials`,
);
console.log(`(at most ${most} requests, at most ${Math.max(...results.map(({ tokens }) => tokens))} tokens).`);
process.exitCode = exact === trials ? 0 : 1;
