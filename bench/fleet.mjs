// `node bench/fleet.mjs [--write]`: a fleet of 1, 2, 4 and 8 processes on one Redis, from the sources. Prints Markdown; `--write` also puts it
// into docs/benchmarks.md. Takes three minutes. Needs redis-server or valkey-server (REDIS_SERVER, or on the path).
import { build } from 'esbuild';
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTokenEndpoint } from './token-endpoint.mjs';

const SIZES = [1, 2, 4, 8];
const TRIALS = 20;
const busy = loadavg()[0].toFixed(1);
const FOR_MS = 2_000;
/** Of each rate; the least disturbed one is shown. */
const ROUNDS = 3;
const page = new URL('../docs/benchmarks.md', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'worker-token-bench-'));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

async function bundled(path, name) {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [here(path)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@worker-token/source'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}

const script = await bundled('fleet-process.mjs', 'fleet-process');
const { startRedis } = await import(await bundled('../packages/redis/test/redis-server.ts', 'redis-server'));
const { startBlackHole } = await import(await bundled('../packages/redis/test/black-hole.ts', 'black-hole'));

/** A process that does what it is told: `await member.getAll({ callers: 50 })`. */
function startProcess() {
  const child = fork(script, { serialization: 'advanced' });
  const waiting = new Map();
  let number = 0;
  child.on('message', ({ number: of, value, error }) => {
    const { resolve, reject } = waiting.get(of);
    waiting.delete(of);
    if (error) reject(new Error(error));
    else resolve(value);
  });
  const order = (name, options) =>
    new Promise((resolve, reject) => {
      waiting.set(++number, { resolve, reject });
      child.send({ ...options, number, order: name });
    });
  return new Proxy(
    { end: () => child.kill('SIGKILL') },
    {
      get: (target, name) => (name in target || name === 'then' ? target[name] : (options) => order(name, options)),
    },
  );
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
const ms = (value) => (value < 0.0995 ? `${(value * 1_000).toFixed(1)} µs` : `${value.toFixed(value < 10 ? 2 : 0)} ms`);
const count = (value) => Math.round(value).toLocaleString('en').replaceAll(',', ' ');
const table = (head, rows) =>
  [head, head.map((_, index) => (index ? '---:' : '---')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** What several processes have measured, in one. */
function merged(results) {
  const sorted = results.flatMap(({ samples }) => [...samples]).sort((a, b) => a - b);
  return {
    calls: results.reduce((sum, result) => sum + result.count, 0),
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    most: sorted.at(-1),
  };
}

const endpoint = await startTokenEndpoint();
const redis = await startRedis();
const processes = Array.from({ length: Math.max(...SIZES) }, startProcess);
let fleets = 0;

/** A fleet that nobody has used before. Patient by default: what is slow is to be seen in the figures. */
async function withFleet(size, work, commandTimeoutMs = 10_000) {
  const members = processes.slice(0, size);
  const prefix = `bench-${++fleets}`;
  endpoint.requests = 0;
  await all(members, 'open', { redisUrl: redis.url, prefix, endpoint: endpoint.url, commandTimeoutMs });
  try {
    return await work(members, prefix);
  } finally {
    await Promise.all(members.map((member) => member.close()));
  }
}

const all = (members, order, options) => Promise.all(members.map((member) => member[order](options)));

async function coldStarts(size, callers) {
  const results = [];
  let requests = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    await withFleet(size, async (members) => {
      results.push(...(await all(members, 'getAll', { callers })));
      requests += endpoint.requests;
    });
  }
  const { p50, p99, most } = merged(results);
  return [`${size} × ${count(callers)}`, `${requests} in ${TRIALS} trials`, ms(p50), ms(p99), ms(most)];
}

async function paces(size) {
  return withFleet(size, async (members) => {
    await all(members, 'getAll', { callers: 1 });
    return {
      cached: await bestOf(() => all(members, 'cached', { forMs: FOR_MS })),
      shared: await bestOf(() => all(members, 'shared', { forMs: FOR_MS })),
      turns: await bestOf(() =>
        Promise.all(members.map((member, index) => member.turns({ forMs: FOR_MS, name: `${index}`.repeat(64) }))),
      ),
    };
  });
}

async function bestOf(measure) {
  const rounds = await each(Array.from({ length: ROUNDS }), async () => merged(await measure()));
  return rounds.reduce((best, round) => (round.calls > best.calls ? round : best));
}

const paceRow = (size, { calls, p50, p99 }) => [size, count(calls / (FOR_MS / 1_000)), ms(p50), ms(p99)];

/** From the moment when one process has fetched a token until another one holds it; and what that cost Redis. */
async function spreads(size) {
  return withFleet(size, async (members) => {
    await all(members, 'getAll', { callers: 1 });
    const delays = [];
    const before = await commandsSoFar();
    for (let trial = 0; trial < TRIALS; trial++) {
      await all(members.slice(1), 'listen');
      const fetchedAt = await members[0].refresh();
      delays.push(...(await all(members.slice(1), 'arrival')).map((at) => Math.max(0, at - fetchedAt)));
    }
    await pause(100);
    const commands = ((await commandsSoFar()) - before) / TRIALS;
    const sorted = delays.sort((a, b) => a - b);
    return [size, ms(percentile(sorted, 0.5)), ms(percentile(sorted, 0.99)), commands.toFixed(1)];
  });
}

/** Commands that clients have sent; those inside scripts are counted by Redis, too, and are left in. */
async function commandsSoFar() {
  const { Redis } = await import('ioredis');
  const client = new Redis(redis.url);
  const info = await client.info('stats');
  client.disconnect();
  return Number(/total_commands_processed:(\d+)/.exec(info)[1]);
}

const OUTAGES = {
  'in order': async () => async () => {},
  stopped: async () => (await redis.stop(), () => redis.start()),
  'restarted, and empty': async () => (await redis.stop(), await redis.start(), async () => {}),
  paused: async () => (redis.pause(), async () => redis.resume()),
  'black-holed': async () => {
    await redis.stop();
    const hole = await startBlackHole(redis.port);
    return async () => (await hole.stop(), await redis.start());
  },
};

async function outage([name, begin]) {
  return withFleet(
    4,
    async (members, prefix) => {
      await all(members, 'getAll', { callers: 1 });
      const end = await begin();
      const late = startProcess();
      try {
        await late.open({ redisUrl: redis.url, prefix, endpoint: endpoint.url, redisIsOut: name !== 'in order' });
        const [warm, cold] = await Promise.all([
          all(members, 'pace', { forMs: FOR_MS, everyMs: 1 }),
          late.getAll({ callers: 1 }),
        ]);
        const { calls, p50, p99, most } = merged(warm);
        return [name, count(calls), ms(p50), ms(p99), ms(most), ms(cold.samples[0])];
      } finally {
        late.end();
        await end();
      }
    },
    250,
  );
}

async function each(values, work) {
  const rows = [];
  for (const value of values) rows.push(await work(value));
  return rows;
}

try {
  const cold = [...(await each(SIZES, (size) => coldStarts(size, 50))), await coldStarts(4, 10_000)];
  const bySize = await each(SIZES, async (size) => [size, await paces(size)]);
  const paceTable = (order) =>
    table(
      ['processes', 'per second', 'p50', 'p99'],
      bySize.map(([size, rows]) => paceRow(size, rows[order])),
    );
  const spread = await each(
    SIZES.filter((size) => size > 1),
    spreads,
  );
  const outages = await each(Object.entries(OUTAGES), outage);
  const text = [
    '## Fleet',
    `\`node bench/fleet.mjs --write\`. Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}, which the processes, Redis and the token endpoint share; loopback; the endpoint takes 50 ms. Load average at the start, from other programs: ${busy}.`,
    '### A cold start: callers of all processes at once',
    table(['processes × callers', 'token requests', 'p50', 'p99', 'longest'], cold),
    '### A call with a valid token',
    `One call after the other in each process; nothing is asked of Redis. The best of ${ROUNDS} rounds, here and in the next two tables.`,
    paceTable('cached'),
    '### Reading the shared token from Redis',
    'One reading after the other in each process: what a process does that starts, or is told of a new token.',
    paceTable('shared'),
    '### A turn: lease, reading, commit with publication',
    'One after the other, each process in a slot of its own; without a token request.',
    paceTable('turns'),
    '### A refresh reaches the others',
    'From the moment when the refreshing process has its token; the others read it within 250 ms, by chance, so as not to do it together. Commands of the whole fleet for one refresh, those inside scripts included.',
    table(['processes', 'p50', 'p99', 'commands of Redis'], spread),
    '### Redis out of order',
    'Four processes with a valid token, a caller each millisecond; and the first call of a process that starts then.',
    table(['Redis is', 'calls', 'p50', 'p99', 'longest', 'first call of a new process'], outages),
  ].join('\n\n');
  console.log(text);
  if (process.argv.includes('--write')) write(text);
} finally {
  for (const member of processes) member.end();
  await redis.dispose();
  await endpoint.stop();
  rmSync(folder, { recursive: true, force: true });
}

function write(text) {
  const old = readFileSync(page, 'utf8');
  const [start, end] = [old.indexOf('## Fleet\n'), old.indexOf('\n<!-- end of fleet -->')];
  const before = start < 0 ? old.trimEnd() : old.slice(0, start).trimEnd();
  const after = start < 0 || end < 0 ? '\n<!-- end of fleet -->\n' : old.slice(end);
  writeFileSync(page, `${before}\n\n${text}\n${after}`);
}
