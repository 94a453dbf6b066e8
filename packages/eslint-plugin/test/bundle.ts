// The plugin as one file, as its package has it, without a build of the workspace.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export async function bundlePlugin(outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@worker-token/source'],
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
  });
}
