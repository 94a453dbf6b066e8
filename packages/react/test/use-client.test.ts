// @vitest-environment node
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Options } from 'tsup';
import { expect, test } from 'vitest';
import config from '../tsup.config.js';

const options = config as Options;

test("'use client' survives bundling, as the first statement", async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'worker-token-react-'));
  try {
    await build({
      ...options,
      entry: [join(import.meta.dirname, '../src/index.ts')],
      dts: false,
      outDir,
      silent: true,
      config: false,
    });
    expect((await readFile(join(outDir, 'index.js'), 'utf8')).startsWith("'use client';")).toBe(true);
  } finally {
    await rm(outDir, { recursive: true });
  }
});
