// `node bench/size.mjs`: what a page pays, min+gzip, for the usual imports, beside the budgets. Measured on the built packages.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Name, code, budget in kB (1 kB = 1000 bytes), what is left out because the page loads it later or has it anyway. */
const rows = [
  [
    'storage: memory + IndexedDB + encryption',
    `export { createCredentialStorage, flowKey } from '@worker-token/storage'`,
    7,
    [],
  ],
  [
    'manager core, without storage and grant',
    `export { createWorkerTokenManager } from '@worker-token/manager'`,
    5,
    ['@worker-token/storage', 'oauth4webapi'],
  ],
  [
    'whole use in a browser: manager, storage, grant',
    `export { workerTokenManager } from '@worker-token/manager'; import '@worker-token/manager/grant'`,
    18,
    [],
  ],
  [
    'react: provider and hooks',
    `export * from '@worker-token/react'`,
    2.5,
    ['react', '@worker-token/manager', '@worker-token/storage'],
  ],
];

async function kilobytes(code, external) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: here },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    external,
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length / 1000;
}

console.log('| import | min+gzip | budget |\n| --- | ---: | ---: |');
for (const [name, code, budget, external] of rows) {
  const size = await kilobytes(code, external);
  console.log(`| ${name} | ${size.toFixed(1)} kB | ${budget} kB${size > budget ? ' (over)' : ''} |`);
}
