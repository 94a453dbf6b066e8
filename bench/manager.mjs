// `node bench/manager.mjs [--write] [--trials=20]`: the manager beside its peers, in one run, on one loopback endpoint; `trials` times in eight tabs
// of Chromium. Prints Markdown; `--write` also puts it into docs/benchmarks.md. Needs the built packages; takes about five minutes.
import { time } from './manager-time.mjs';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { candidates, plainFetch } from './manager-candidates.mjs';
import { sizes } from './manager-size.mjs';
import { startTokenEndpoint } from './token-endpoint.mjs';

const page = new URL('../docs/benchmarks.md', import.meta.url);
const trials = Number(/--trials=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 20);
let unhandled = 0;
process.on('unhandledRejection', () => unhandled++);
// Some peers print what failed.
console.warn = console.error = () => {};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const percentile99 = (values) => sorted(values)[Math.floor(values.length * 0.99)];
const table = (head, rows) =>
  [head, head.map((_, index) => (index ? '---:' : '---')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** All calls at once. @returns of each, how long it took and what came: `token`, `error` or `pending`. */
async function callAll(get, count, limitMs) {
  const started = time.stopwatch();
  const outcomes = Array.from({ length: count }, () => ({ what: 'pending', ms: limitMs }));
  const note = (index, what) => (outcomes[index] = { what, ms: time.stopwatch() - started });
  const calls = outcomes.map((_, index) =>
    get().then(
      () => note(index, 'token'),
      () => note(index, 'error'),
    ),
  );
  let timer;
  await Promise.race([Promise.all(calls), new Promise((resolve) => (timer = setTimeout(resolve, limitMs)))]);
  clearTimeout(timer);
  return outcomes.map((outcome) => ({ ...outcome }));
}

const countOf = (outcomes, what) => outcomes.filter((outcome) => outcome.what === what).length;

/** On an endpoint of its own. A candidate that cannot do it says so in its row. */
async function measured({ name, ...candidate }, work) {
  const endpoint = await startTokenEndpoint();
  try {
    const get = await candidate.make(endpoint);
    return [name, ...(await work(get, endpoint, candidate))];
  } catch (error) {
    return [name, `failed: ${error.message.slice(0, 60)}`];
  } finally {
    time.reset();
    await endpoint.stop();
  }
}

async function each(work) {
  const rows = [];
  for (const candidate of candidates) rows.push(await measured(candidate, work));
  return rows;
}

async function nanoseconds(get, calls) {
  const started = process.hrtime.bigint();
  for (let call = 0; call < calls; call++) await get();
  return Number(process.hrtime.bigint() - started) / calls;
}

async function cached() {
  const promise = Promise.resolve('token');
  const subjects = [{ name: 'awaiting a resolved promise', get: () => promise, calls: 20_000 }];
  const endpoints = [];
  for (const { name, make, cachedCalls = 20_000 } of candidates) {
    const endpoint = await startTokenEndpoint();
    endpoints.push(endpoint);
    const get = await make(endpoint);
    await get();
    subjects.push({ name, get, calls: name.includes('supabase') ? 2_000 : cachedCalls });
  }
  const rounds = subjects.map(() => []);
  for (let round = 0; round < 21; round++)
    for (const [index, { get, calls }] of subjects.entries()) rounds[index].push(await nanoseconds(get, calls));
  for (const endpoint of endpoints) await endpoint.stop();
  const ratio = (values, of) => `${(of(values) / of(rounds[0])).toFixed(1)} ×`;
  const least = (values) => Math.min(...values);
  return subjects.map(({ name }, index) => [
    name,
    `${Math.round(median(rounds[index]))} ns`,
    ratio(rounds[index], median),
    ratio(rounds[index], least),
  ]);
}

const first = () =>
  each(async (get, endpoint, { callers = 10_000 }) => {
    const started = time.stopwatch();
    const outcomes = await callAll(get, callers, 20_000);
    const wall = `${Math.round(time.stopwatch() - started)} ms`;
    return [callers, endpoint.requests, countOf(outcomes, 'token'), wall];
  });

async function firstAgain(runs) {
  const counts = [];
  for (let run = 0; run < runs; run++)
    await measured(candidates[0], async (get, endpoint) => {
      await callAll(get, 10_000, 20_000);
      counts.push(endpoint.requests);
      return [];
    });
  return counts.filter((count) => count === 1).length;
}

/** 1 000 callers when the token is in its refresh window, `leftS` before its end. */
const inWindow = (status) =>
  each(async (get, endpoint, { leftS, callers = 1_000 }) => {
    await get();
    endpoint.requests = 0;
    unhandled = 0;
    endpoint.mood = { ...endpoint.mood, delayMs: 200, status };
    time.passed = (3600 - leftS) * 1000;
    const outcomes = await callAll(get, Math.min(callers, 1_000), 12_000);
    await pause(400);
    const { requests } = endpoint;
    const waited = outcomes.filter(({ ms }) => ms >= 150).length;
    // The end of the token, with a refresh still on its way.
    time.passed += leftS * 1000;
    if (status !== 200) await pause(4_000);
    return [requests, waited, countOf(outcomes, 'error'), unhandled];
  });

/** 1 000 callers after the token's end, nine times. */
const expired = () =>
  each(async (get, endpoint, { callers = 1_000 }) => {
    await get();
    endpoint.mood = { ...endpoint.mood, delayMs: 200 };
    const rounds = [];
    for (let round = 0; round < 9; round++) {
      const before = time.stopwatch();
      // A socket that the last round has worn out may be gone.
      await plainFetch(endpoint.url).catch(() => plainFetch(endpoint.url));
      const plain = time.stopwatch() - before;
      endpoint.requests = 0;
      time.passed += 3_700_000;
      const outcomes = await callAll(get, Math.min(callers, 1_000), 12_000);
      const over = percentile99(outcomes.map(({ ms }) => ms)) - plain;
      rounds.push({ requests: endpoint.requests, over, failed: countOf(outcomes, 'error') });
    }
    const of = (name) => rounds.map((round) => round[name]);
    const span = `${Math.round(median(of('over')))} ms (${Math.round(Math.min(...of('over')))} to ${Math.round(Math.max(...of('over')))})`;
    return [Math.max(...of('requests')), Math.max(...of('failed')), span];
  });

/** All candidates at once: they only wait. */
const hanging = () =>
  Promise.all(
    candidates.map((candidate) =>
      Promise.all(
        ['connect', 'body'].map((hang) =>
          measured(candidate, async (get, endpoint) => {
            endpoint.mood = { ...endpoint.mood, hang };
            const [{ what, ms }] = await callAll(get, 1, 16_000);
            return [what === 'pending' ? 'pending at 16 s' : `${what} after ${(ms / 1000).toFixed(1)} s`];
          }),
        ),
      ).then(([connect, body]) => [...connect, ...body.slice(1)]),
    ),
  );

const HOUR = 3_600_000;
/** Wrong before the first call, or set while there is a token. */
const WRONG = [
  [-2 * HOUR, 0],
  [2 * HOUR, 0],
  [0, -2 * HOUR],
  [0, 2 * HOUR],
];

/** Two and a half hours by a wrong clock, a call every ten minutes: how many were given a token that had run out? */
async function wrongClock() {
  const rows = candidates.map(({ name }) => [name]);
  for (const [before, later] of WRONG)
    for (const [index, candidate] of candidates.entries()) {
      const [, result] = await measured(candidate, async (get, endpoint) => {
        endpoint.mood = { ...endpoint.mood, delayMs: 5 };
        endpoint.now = time.truth;
        time.wrong = before;
        await get().catch(() => {});
        time.wrong = later || before;
        let dead = 0;
        for (let minutes = 10; minutes <= 150; minutes += 10) {
          time.passed = minutes * 60_000;
          const token = await get().catch(() => undefined);
          if (token && time.truth() > endpoint.expiryOf(token)) dead++;
          await pause(30);
        }
        return [`${dead} expired, ${endpoint.requests} requests`];
      });
      rows[index].push(result);
    }
  return rows;
}

const ODD = [undefined, null, 'abc', '3600', 0, -1];

/** Ten calls, one after the other. */
async function odd() {
  const rows = candidates.map(({ name }) => [name]);
  for (const expiresIn of ODD)
    await Promise.all(
      candidates.map(async (candidate, index) => {
        const [, result] = await measured(candidate, async (get, endpoint) => {
          endpoint.mood = { ...endpoint.mood, delayMs: 5, expiresIn };
          let failed = 0;
          const until = time.stopwatch() + 6_000;
          for (let call = 0; call < 10 && time.stopwatch() < until; call++) await get().catch(() => failed++);
          return [`${endpoint.requests}${failed ? `, ${failed} errors` : ''}`];
        });
        rows[index].push(result);
      }),
    );
  return rows;
}

/** `--trials=0`: what the page says already stays. */
function tabs() {
  const known = /### Eight tabs of Chromium\n\n([^#]*)\n\n#/.exec(readFileSync(page, 'utf8'))?.[1];
  if (trials === 0) return known ?? 'Not measured in this run.';
  const script = fileURLToPath(new URL('manager-tabs.mjs', import.meta.url));
  try {
    return execFileSync(process.execPath, [script, String(trials)], { encoding: 'utf8' }).trim();
  } catch (error) {
    return error.stdout?.trim() || 'Not measured: Chromium is needed.';
  }
}

function report(sections) {
  const load = loadavg()[0].toFixed(0);
  const where = `Node ${process.version}, ${cpus()[0]?.model.trim()} × ${cpus().length}, shared with other work (load ${load} at the end)`;
  const intro = `\`npm run build && node bench/manager.mjs --write --trials=200\`. ${where}. One endpoint on the loopback for everybody.`;
  return [`## Token manager`, intro, ...sections].join('\n\n');
}

function write(text) {
  const old = readFileSync(page, 'utf8');
  const start = old.indexOf('## Token manager');
  const end = old.indexOf('\n<!-- end of token manager -->');
  const before = start < 0 ? old.trimEnd() : old.slice(0, start).trimEnd();
  const after = start < 0 || end < 0 ? '\n<!-- end of token manager -->\n' : old.slice(end);
  writeFileSync(page, `${before}\n\n${text}\n${after}`);
}

const cachedRows = await cached();
const firstRows = await first();
const exact = await firstAgain(100);
const sections = [
  '### A cached call\n\n' + table(['', 'median', '× awaiting, medians', '× awaiting, minima'], cachedRows),
  `### First calls, all at once\n\nOurs: one request in ${exact} of 100 runs.\n\n` +
    table(['', 'callers', 'requests', 'served', 'wall'], firstRows),
  '### In the refresh window, endpoint healthy\n\nEach in its own window; 1 000 callers (msal-node 500).\n\n' +
    table(['', 'requests', 'blocked', 'errors', 'unhandled'], await inWindow(200)),
  '### In the refresh window, endpoint on 503\n\nRequests are attempts: a background refresh of ours makes three within its deadline. Unhandled: promises that nobody caught, until four seconds after the token’s end.\n\n' +
    table(['', 'requests', 'blocked', 'errors', 'unhandled'], await inWindow(503)),
  '### Expired\n\n1 000 callers (msal-node 500), nine times: most requests and errors; median p99 over what one plain `fetch` took just before; the endpoint takes 200 ms.\n\n' +
    table(['', 'requests', 'errors', 'p99 over the fetch'], await expired()),
  '### A hanging endpoint\n\n' + table(['', 'connect', 'body'], await hanging()),
  '### A wrong clock\n\nTwo and a half hours, a call every ten minutes, tokens of an hour: calls that were given a token past its real end, and requests. Three requests are enough; fifteen are a loop.\n\n' +
    table(
      ['', '2 h slow', '2 h fast', 'set back by 2 h while running', 'set forward by 2 h while running'],
      await wrongClock(),
    ),
  '### Odd `expires_in`: requests for ten calls in a row\n\n' +
    table(['', 'missing', '`null`', '`"abc"`', '`"3600"`', '`0`', '`-1`'], await odd()),
];
sections.push(`### Eight tabs of Chromium\n\n${tabs()}`);
sections.push('### Size\n\n' + table(['', 'first script', 'with all that loads later'], await sizes()));
const text = report(sections);
console.log(text);
if (process.argv.includes('--write')) write(text);
process.exit(0);
