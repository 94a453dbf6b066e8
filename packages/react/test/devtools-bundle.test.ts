// @vitest-environment node
import { build } from 'esbuild';
import { join } from 'node:path';
import { expect, test } from 'vitest';

async function bundle(mode: 'development' | 'production'): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { WorkerTokenDevtools } from './devtools/index.js'; console.log(WorkerTokenDevtools.name);`,
      resolveDir: join(import.meta.dirname, '../src'),
    },
    bundle: true,
    format: 'esm',
    external: ['react', 'react-dom', 'react/jsx-runtime'],
    jsx: 'automatic',
    conditions: ['@worker-token/source'],
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    minify: true,
    write: false,
  });
  return outputFiles[0]!.text;
}

test('the panel is in a development build, and nothing of it in a production build', async () => {
  expect(await bundle('development')).toContain('Simulate a full quota');
  const production = await bundle('production');
  expect(production).not.toMatch(/devtools|quota|react-dom/i);
  expect(production.length).toBeLessThan(200);
});
