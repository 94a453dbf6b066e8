/** For bundles that need nothing installed: what is loaded by name at run time becomes part of them. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const require = createRequire(import.meta.url);

/** Modules that make a `require` of their own, to load things late: in one file the bundler's takes its place. */
const LATE = /src[\\/](ast[\\/]parse|verify[\\/]compiler)\.ts$/;

export const oneFile: Plugin = {
  name: 'one-file',
  setup(build) {
    build.onLoad({ filter: LATE }, ({ path: file }) => ({
      loader: 'ts',
      contents: bundled(fs.readFileSync(file, 'utf8')),
    }));
    const fromTsMorph = createRequire(require.resolve('ts-morph'));
    build.onResolve({ filter: /^@ts-morph\/common$/ }, () => ({ path: fromTsMorph.resolve('@ts-morph/common') }));
  },
};

function bundled(text: string): string {
  return text
    .replace(/const require = createRequire\(import\.meta\.url\);/g, '')
    .replace("createRequire(require.resolve('ts-morph'))('@ts-morph/common')", "require('@ts-morph/common')");
}
