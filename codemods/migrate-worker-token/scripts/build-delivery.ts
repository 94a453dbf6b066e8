/** Builds what is delivered beside the npm package's modules: the registry package's scripts, and the transform for jscodeshift. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Options } from 'tsup';
import { declarationsText } from './bundle-declarations.js';
import { oneFile } from './one-file.js';

const SOURCES = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/delivery');
const source = (name: string) => path.join(SOURCES, `${name}.ts`);

const COMMON = { config: false, silent: true, clean: false, target: 'node20', minify: true } satisfies Options;

export async function buildDelivery(outDir: string): Promise<void> {
  // everything in it: after the download nothing else is fetched
  const engine: Options = {
    ...{ ...COMMON, outDir, format: ['cjs'], platform: 'node', shims: true, splitting: false },
    ...{ noExternal: [/./], esbuildPlugins: [oneFile], outExtension: () => ({ js: '.cjs' }) },
    define: { __DECLARATIONS__: declarationsText() },
    entry: { engine: source('engine') },
  };
  // these run inside the Codemod command
  const scripts: Options = {
    ...{ ...COMMON, outDir, format: ['esm'], splitting: false, noExternal: ['@worker-token/legacy-signals'] },
    entry: { 'list-sites': source('list-sites'), 'shard-folders': source('shard-folders') },
  };
  await Promise.all([build(engine), build(scripts)]);
}

/** jscodeshift loads CommonJS; what it depends on comes with the npm package. */
export async function buildTransform(outDir: string): Promise<void> {
  await build({
    ...{ ...COMMON, outDir, format: ['cjs'], platform: 'node', shims: true, splitting: false, minify: false },
    noExternal: ['@worker-token/legacy-signals'],
    outExtension: () => ({ js: '.js' }),
    entry: { transform: source('jscodeshift') },
  });
  fs.writeFileSync(path.join(outDir, 'package.json'), '{ "type": "commonjs" }\n');
}
