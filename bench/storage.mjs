// `node bench/storage.mjs`: save, load and list in Chromium beside what people use today, and what a page pays for each. Needs the built
// packages. One run, one machine: compare the rows, not the numbers of another day.
import { build } from 'esbuild';
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { kilobytes } from './storage-size.mjs';

const FLOWS = 10_000;
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path && existsSync(path),
);

/** Library, what a page imports, flows that are listed; what the row cannot say. */
const rows = [
  [
    '@worker-token/storage',
    `export { createCredentialStorage, flowKey } from '@worker-token/storage'`,
    FLOWS,
    'encrypted; the list has time, size and state of each flow',
  ],
  ['idb-keyval', `export { get, set, keys } from 'idb-keyval'`, FLOWS, 'plain; the list has keys'],
  [
    'unstorage',
    `export { createStorage } from 'unstorage'; export { default } from 'unstorage/drivers/indexedb'`,
    FLOWS,
    'plain, IndexedDB driver; the list has keys',
  ],
  ['localForage', `export { default } from 'localforage'`, FLOWS, 'plain, IndexedDB; the list has keys'],
  [
    '@azure/msal-browser',
    `export { LocalStorage } from '@azure/msal-browser'`,
    FLOWS,
    'its cache alone, encrypted, over localStorage; the list has keys',
  ],
];

async function main() {
  if (!executablePath) throw new Error('Chromium is needed: install it, or name it in CHROMIUM_PATH.');
  const site = await serve();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: [...sandbox, '--disable-gpu', '--no-first-run'] });
  console.log(`| library | min+gzip | save | load, warm | load, cold | list of ${FLOWS} | |`);
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | --- |');
  try {
    for (const row of rows) console.log(await line(browser, site.origin, row));
  } finally {
    await browser.close();
    site.close();
  }
}

/** Medians, in milliseconds. */
async function line(browser, origin, [name, code, flows, remark]) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => 'measure' in globalThis);
  const { saved, warm, cold, listed, count, same } = await page.evaluate(
    ([subject, size]) => globalThis.measure(subject, size),
    [name, flows],
  );
  await context.close();
  if (count < flows || !same) throw new Error(`${name} lost something: ${count} of ${flows}.`);
  const times = [saved, warm, cold, listed].map(({ median }) => `${median.toFixed(median < 1 ? 3 : 1)} ms`);
  return `| ${name} | ${(await kilobytes(code)).toFixed(1)} kB | ${times.join(' | ')} | ${remark} |`;
}

async function serve() {
  const entry = fileURLToPath(new URL('./storage-subjects.mjs', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    minify: true,
    write: false,
    logLevel: 'error',
  });
  const html =
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/subjects.js"></script>';
  const server = createServer(({ url }, response) => {
    const isScript = url === '/subjects.js';
    // What makes performance.now() exact to 5 µs.
    response.writeHead(200, {
      'Content-Type': isScript ? 'text/javascript' : 'text/html',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(isScript ? outputFiles[0].contents : html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

await main();
