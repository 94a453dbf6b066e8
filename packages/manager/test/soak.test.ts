/** A long life in a process of its own: what a million cached calls and ten thousand refreshes leave behind. A tenth of it by default. */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SHARE = process.env['TEST_FULL'] ? 1 : 0.1;

interface Report {
  requests: number;
  cachedGrowth: number;
  refreshGrowth: number;
  listeners: number;
}

async function soak(cached: number, refreshing: number): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  try {
    const outfile = join(folder, 'soak.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('soak.ts', import.meta.url))],
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@worker-token/source'],
      outfile,
      logLevel: 'error',
    });
    const child = spawnSync(process.execPath, ['--expose-gc', outfile, String(cached), String(refreshing)], {
      encoding: 'utf8',
    });
    expect(child.stderr).toBe('');
    return JSON.parse(child.stdout) as Report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test(`44. ${SHARE * 1e6} cached calls and ${SHARE * 1e4} refreshes leave less than 1 MB and no listener`, async () => {
  const report = await soak(SHARE * 1e6, SHARE * 1e4);
  expect(report.requests).toBeGreaterThan(SHARE * 1e4);
  expect(report.cachedGrowth).toBeLessThan(1e6);
  expect(report.refreshGrowth).toBeLessThan(1e6);
  expect(report.listeners).toBe(0);
}, 120_000);
