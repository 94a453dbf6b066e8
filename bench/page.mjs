// `node bench/page.mjs [--write] [--runs=5]`: what the built sample app costs a browser: scripts by chunk, and the first page on a
// processor slowed down four times. Needs `npm run build`. `--write` puts the tables into docs/benchmarks.md.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { startServer } from '../apps/legacy/server/start-server.mjs';

const { values } = parseArgs({ options: { write: { type: 'boolean' }, runs: { type: 'string', default: '5' } } });
const RUNS = Number(values.runs);
const SLOWDOWN = 4;
/** Milliseconds without a long task after which a page counts as settled. */
const QUIET_MS = 2_000;
const root = join(import.meta.dirname, '..');
const dist = join(root, 'apps/sample/dist');
if (!existsSync(dist)) throw new Error('The sample app is not built: npm run build');
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!executablePath) throw new Error('Chromium is needed: install it, or name it in CHROMIUM_PATH');

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The scripts and styles of the build, largest first. */
function chunks() {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  return readdirSync(join(dist, 'assets'))
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => {
      const bytes = readFileSync(join(dist, 'assets', name));
      const loaded = html.includes(name) ? 'with the page' : 'later, or never';
      return {
        name: name.replace(/-[\w-]{8}(?=\.\w+$)/, ''),
        loaded,
        raw: bytes.length,
        zipped: gzipSync(bytes).length,
      };
    })
    .sort((one, other) => other.zipped - one.zipped);
}

/** In the page, before its own scripts: collects what the browser tells of its loading. */
function observe() {
  const seen = { shift: 0, paint: 0, largest: 0, blocking: 0, last: 0 };
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.paint = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => (seen.largest = startTime));
  watch('layout-shift', ({ value, hadRecentInput }) => (seen.shift += hadRecentInput ? 0 : value));
  watch('longtask', ({ startTime, duration }) => {
    seen.blocking += Math.max(0, duration - 50);
    seen.last = startTime + duration;
  });
  globalThis.seen = seen;
}

/** One first visit, with an empty cache. */
async function visit(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.addInitScript(observe);
  await page.goto(url, { waitUntil: 'load' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction((quiet) => performance.now() > Math.max(seen.last, seen.largest) + quiet, QUIET_MS);
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return seen;
}

async function visits() {
  const server = await startServer({ dist });
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const all = [];
  for (let run = 0; run < RUNS; run++) all.push(await visit(browser, server.url));
  await browser.close();
  await server.close();
  return all;
}

function report(all) {
  const row = (name, of, format) =>
    `| ${name} | ${format(median(all.map(of)))} | ${format(Math.max(...all.map(of)))} |`;
  const ms = (number) => `${Math.round(number)} ms`;
  return [
    `\`node bench/page.mjs --write\`: first visits to the built sample app (Worker Token Flow), empty cache, loopback, processor slowed down ${SLOWDOWN} times; ${RUNS} visits, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)} while measuring.`,
    ['|  | median | worst |', '| --- | ---: | ---: |']
      .concat([
        row('first contentful paint', ({ paint }) => paint, ms),
        row('largest contentful paint', ({ largest }) => largest, ms),
        row('total blocking time', ({ blocking }) => blocking, ms),
        row(
          'cumulative layout shift',
          ({ shift }) => shift,
          (number) => number.toFixed(3),
        ),
      ])
      .join('\n'),
    ['| file | loaded | size | gzip |', '| --- | --- | ---: | ---: |']
      .concat(
        chunks().map(
          ({ name, loaded, raw, zipped }) => `| ${name} | ${loaded} | ${kilobytes(raw)} | ${kilobytes(zipped)} |`,
        ),
      )
      .join('\n'),
  ].join('\n\n');
}

const text = report(await visits());
console.log(text);
if (values.write) {
  const path = join(root, 'docs/benchmarks.md');
  const page = readFileSync(path, 'utf8');
  const section = `## Sample app in a browser\n\n${text}\n\n<!-- end of sample app in a browser -->\n`;
  const there = /## Sample app in a browser\n[\s\S]*<!-- end of sample app in a browser -->\n/;
  writeFileSync(path, there.test(page) ? page.replace(there, () => section) : `${page.trimEnd()}\n\n${section}`);
}
