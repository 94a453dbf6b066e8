// `node bench/storage.mjs [--write]`: save, load and list in Chromium beside what people use today, what a page pays for each, and how soon
// another tab sees a save. Prints Markdown; `--write` also puts it into docs/benchmarks.md. Needs the built packages. One run, one
// machine: compare the rows, not the numbers of another day.
import { build } from 'esbuild';
import { createServer } from 'node:http';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { pageSize } from './page-size.mjs';

const FLOWS = 10_000;
const SAVES = 40;
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

/** What a page imports of storage. */
const imports = [
  ['`createCredentialStorage`, `flowKey`: memory, IndexedDB, encryption', 'createCredentialStorage, flowKey', '7 kB'],
  ['with `webStorageTier`: all browser tiers', 'createCredentialStorage, flowKey, webStorageTier', '7 kB'],
  ['with `httpTier`', 'createCredentialStorage, flowKey, httpTier', ''],
  ['with `unstorageTier`', 'createCredentialStorage, flowKey, unstorageTier', ''],
  ['with `migrateLegacyCredentials`', 'createCredentialStorage, flowKey, migrateLegacyCredentials', ''],
];

async function main() {
  if (!executablePath) throw new Error('Chromium is needed: install it, or name it in CHROMIUM_PATH.');
  const site = await serve();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: [...sandbox, '--disable-gpu', '--no-first-run'] });
  try {
    const text = await report(browser, site.origin);
    console.log(text);
    if (process.argv.includes('--write')) write(text);
  } finally {
    await browser.close();
    site.close();
  }
}

async function report(browser, origin) {
  const machine = `Node ${process.version}, Chromium ${browser.version()}, ${cpus()[0]?.model.trim()} × ${cpus().length}`;
  const lines = [
    '## Storage',
    '',
    `\`npm run build && node bench/storage.mjs --write\`. ${machine}, shared with other work.`,
    '',
    '### Save, load and list',
    '',
    `Medians in one run; of 15 lists the fastest, too, which other work on the machine disturbs least. A list of ours reads each of the ${FLOWS} records, and decrypts none.`,
    '',
    `| library | min+gzip | save | load, warm | load, cold | list of ${FLOWS} | fastest | |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
  ];
  for (const row of rows) lines.push(await line(browser, origin, row));
  lines.push('', '### Another tab', '', await otherTab(browser, origin), '', '### Size', '');
  lines.push(
    'Min+gzip, 1 kB = 1000 bytes, bundled by esbuild with code splitting. Export, import and the care of damaged records load at their first use.',
  );
  lines.push('', '| import | first script | with all that loads later | budget |', '| --- | ---: | ---: | ---: |');
  for (const [name, names, budget] of imports) {
    const { first, all } = await pageSize({ code: `export { ${names} } from '@worker-token/storage'` });
    lines.push(`| ${name} | ${first.toFixed(1)} kB | ${all.toFixed(1)} kB | ${budget} |`);
  }
  return lines.join('\n');
}

/** How soon a save in one tab is in the snapshot of another. */
async function otherTab(browser, origin) {
  const context = await browser.newContext();
  const [writer, watcher] = await Promise.all([openPage(context, origin), openPage(context, origin)]);
  await watcher.evaluate(() => globalThis.watch());
  const saved = await writer.evaluate((count) => globalThis.saveSeries(count), SAVES);
  await watcher.waitForFunction((last) => globalThis.seen.at(-1)?.[0] === last, SAVES - 1);
  const seen = await watcher.evaluate(() => globalThis.seen);
  await context.close();
  // Saves in quick succession may be seen as one.
  const delays = saved.map((time, n) => seen.find(([value]) => value >= n)[1] - time).sort((a, b) => a - b);
  const [median, p95, slowest] = [SAVES / 2, Math.floor(SAVES * 0.95), SAVES - 1].map((at) => delays[at]);
  return `A save is in the snapshot of another tab after ${median} ms (median of ${SAVES}), 95 % within ${p95} ms, all within ${slowest} ms; the promise is 500 ms.`;
}

async function openPage(context, origin) {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => 'measure' in globalThis);
  return page;
}

function write(text) {
  const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
  const old = readFileSync(page, 'utf8');
  const [start, end] = [old.indexOf('## Storage'), old.indexOf('\n<!-- end of storage -->')];
  const before = start < 0 ? old.trimEnd() : old.slice(0, start).trimEnd();
  const after = start < 0 || end < 0 ? '\n<!-- end of storage -->\n' : old.slice(end);
  writeFileSync(page, `${before}\n\n${text}\n${after}`);
}

/** Medians, in milliseconds. */
async function line(browser, origin, [name, code, flows, remark]) {
  const context = await browser.newContext();
  const page = await openPage(context, origin);
  const { saved, warm, cold, listed, count, same } = await page.evaluate(
    ([subject, size]) => globalThis.measure(subject, size),
    [name, flows],
  );
  await context.close();
  if (count < flows || !same) throw new Error(`${name} lost something: ${count} of ${flows}.`);
  const times = [saved, warm, cold].map(({ median }) => inMilliseconds(median));
  times.push(`${listed.median.toFixed(0)} ms`, `${listed.fastest.toFixed(0)} ms`);
  return `| ${name} | ${(await pageSize({ code })).first.toFixed(1)} kB | ${times.join(' | ')} | ${remark} |`;
}

/** The browser's clock ticks every 5 µs. */
function inMilliseconds(time) {
  return time < 0.005 ? 'below 0.005 ms' : `${time.toFixed(time < 1 ? 3 : 1)} ms`;
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
