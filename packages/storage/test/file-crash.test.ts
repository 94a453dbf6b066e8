/** Two processes save, and are killed in the middle again and again: no file is torn, and no save that was confirmed is lost. */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { flowKey } from '../src/flow-key.js';
import { fileTier } from '../src/node/file-tier.js';

const SAVES_EACH = process.env['TEST_FULL'] ? 500 : 50;
const KILLS_EACH = process.env['TEST_FULL'] ? 40 : 4;
const KEY = 'c'.repeat(64);
const flows = [0, 1, 2, 3, 4].map((n) => flowKey(`flow-${n}`));

let work: string;
let script: string;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'file-crash-'));
  script = join(work, 'file-writer.mjs');
  const entry = join(import.meta.dirname, 'file-writer.ts');
  await build({ entryPoints: [entry], outfile: script, bundle: true, platform: 'node', format: 'esm' });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each([
  ['plain', undefined],
  ['encrypted', KEY],
])('%s files, with processes killed while they save', (kind, key) => {
  it('are the old or the new record each, and hold every confirmed save', { timeout: 300_000 }, async () => {
    const directory = join(work, kind);
    const storage = openStorage(directory, key);
    const confirmed: string[] = [];
    let running = true;
    const reader = (async () => {
      for (let i = 0; running; i++) await checkWhole(storage, flows[i % flows.length]!);
    })();
    const random = seeded(kind === 'plain' ? 7 : 11);
    await Promise.all(['one', 'two'].map((name) => writeWithKills(directory, name, key, random, confirmed)));
    running = false;
    await reader;

    const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
    expect(names).toEqual(flows.map((flow) => `${flow}.json`));
    for (const [i, flow] of flows.entries()) {
      const revision = await checkWhole(storage, flow);
      expect(revision).toBeGreaterThanOrEqual(confirmed.filter((n) => Number(n) % flows.length === i).length);
    }
    expect(confirmed.length).toBeGreaterThanOrEqual(2 * SAVES_EACH - 2 * KILLS_EACH);
    storage.dispose();
  });
});

/** Runs the writer from where it got to, until it is through; kills it at seeded moments. */
async function writeWithKills(
  directory: string,
  name: string,
  key: string | undefined,
  random: () => number,
  confirmed: string[],
): Promise<void> {
  let next = 0;
  for (let kill = 0; next < SAVES_EACH; kill++) {
    const killAfter = kill < KILLS_EACH ? 1 + Math.floor(random() * (SAVES_EACH / KILLS_EACH)) : Infinity;
    const child = spawn(process.execPath, [script, directory, name, String(next), String(SAVES_EACH)], {
      env: { ...process.env, WORKER_TOKEN_STORAGE_KEY: key ?? '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      confirmed.push(line);
      next = Number(line) + 1;
      // A few of its steps later, so that each step is hit now and then.
      if (++seen === killAfter) setTimeout(() => child.kill('SIGKILL'), random() * 8);
    }
    await ended;
  }
}

function openStorage(directory: string, key: string | undefined) {
  const bytes = key && Uint8Array.from(Buffer.from(key, 'hex'));
  const tier = fileTier({ directory, key: bytes ? () => bytes : undefined });
  return createCredentialStorage({ tiers: [tier], encryption: key ? 'required' : 'off' });
}

/** The record as a whole, or nothing at all. */
async function checkWhole(
  storage: ReturnType<typeof openStorage>,
  flow: (typeof flows)[number],
): Promise<number | null> {
  const { data, problem, revision } = await storage.loadFlowCredentials<{ owner: string; n: number; filler: string }>(
    flow,
  );
  expect(problem).toBeUndefined();
  if (data) {
    expect(data.owner).toBe(flow);
    expect(data.filler).toBe(String(data.n % 10).repeat(5_000 + 37 * (data.n % 100)));
  }
  return revision;
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
