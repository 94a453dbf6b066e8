// `node bench/size.mjs`: what a page pays, min+gzip, for the usual imports, beside the budgets. Measured on the built packages.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { join, relative } from 'node:path';
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
    `export { workerTokenManager } from '@worker-token/manager'`,
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

/** Min+gzip of the first script with what it imports at once, and of everything that it may load later. */
async function kilobytes(code, external) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: here, sourcefile: 'page.js' },
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    outdir: join(here, 'out'),
    external,
    logLevel: 'error',
  });
  const sizes = new Map(
    outputFiles.map((file) => [
      relative(process.cwd(), file.path),
      gzipSync(file.contents, { level: 9 }).length / 1000,
    ]),
  );
  const entry = Object.keys(metafile.outputs).find((path) =>
    /page\.js$|stdin/.test(metafile.outputs[path].entryPoint ?? ''),
  );
  const first = new Set([entry]);
  for (const path of first) {
    for (const next of metafile.outputs[path].imports)
      if (next.kind === 'import-statement' && sizes.has(next.path)) first.add(next.path);
  }
  const sum = (paths) => [...paths].reduce((total, path) => total + sizes.get(path), 0);
  return { first: sum(first), all: sum(sizes.keys()) };
}

console.log('| import | first script | with all that loads later | budget |\n| --- | ---: | ---: | ---: |');
for (const [name, code, budget, external] of rows) {
  const { first, all } = await kilobytes(code, external);
  console.log(
    `| ${name} | ${first.toFixed(1)} kB | ${all.toFixed(1)} kB | ${budget} kB${first > budget ? ' (over)' : ''} |`,
  );
}
