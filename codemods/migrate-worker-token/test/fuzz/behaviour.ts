/**
 * Runs the functions that a program exports, each in a page of its own, and notes what a user or the API would notice. A page is a vm
 * context with web storage, a stubbed network and, where the program came to use it, the real manager.
 */
import fs from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Call } from './file-sketch.js';
import { Page, type Start, type Visit } from './page.js';

export interface Seen extends Visit {
  file: string;
  call: string;
  start: Start;
}

const PACKAGES = path.join(import.meta.dirname, '../../../../packages');
const STARTS: readonly Start[] = ['empty', 'configured', 'with a token'];
const SETUP = ['ts', 'js', 'mjs', 'cjs'].map((end) => `src/worker-token.${end}`);

/** @param folder A program, as it was or migrated. */
export async function behaviourOf(folder: string, files: readonly { path: string; calls: Call[] }[]): Promise<Seen[]> {
  const seen: Seen[] = [];
  const setup = SETUP.find((name) => fs.existsSync(path.join(folder, name)));
  for (const file of files.filter(({ calls }) => calls.length > 0)) {
    const script = await bundled(folder, file.path, setup);
    for (const { text } of file.calls)
      for (const start of STARTS) {
        const page = new Page(script);
        seen.push({ file: file.path, call: text, start, ...(await page.run(text, start)) });
      }
  }
  return seen;
}

async function bundled(folder: string, file: string, setup: string | undefined): Promise<string> {
  const manager = setup
    ? `export { workerTokenManager } from './${setup}';`
    : 'export const workerTokenManager = null;';
  const { outputFiles } = await build({
    stdin: { contents: `${manager}\nexport * as app from './${file}';`, resolveDir: folder, loader: 'js' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'page',
    platform: 'browser',
    tsconfigRaw: {},
    target: 'es2022',
    conditions: ['@worker-token/source'],
    jsx: 'transform',
    jsxFactory: 'noElement',
    logLevel: 'silent',
    plugins: [PARTS],
  });
  return outputFiles[0]!.text;
}

/** The packages are taken from their sources; React, which nothing calls here, is empty. */
const PARTS: Plugin = {
  name: 'parts',
  setup(from) {
    from.onResolve({ filter: /^@worker-token\/(manager|storage)(\/grant)?$/ }, ({ path: name }) => {
      const [, part, sub = 'index'] = name.split('/') as [string, string, string?];
      return { path: path.join(PACKAGES, part, 'src', `${sub}.ts`) };
    });
    from.onResolve({ filter: /^(react(\/jsx-runtime)?|@worker-token\/react)$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'empty',
    }));
    from.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
    from.onResolve({ filter: /^oauth4webapi$/ }, () => ({
      path: path.join(PACKAGES, 'manager/node_modules/oauth4webapi/build/index.js'),
    }));
  },
};

/** What is different after. Empty where a user notices nothing. */
export function differences(before: readonly Seen[], after: readonly Seen[]): string[] {
  return before.flatMap((was, index) => {
    const is = after[index]!;
    const found = (['result', 'credentials'] as const)
      .filter((what) => was[what] !== is[what])
      .map((what) => `${what} was ${was[what]}, is ${is[what]}`);
    if (was.requests.join('\n') !== is.requests.join('\n'))
      found.push(`requests were ${was.requests.join(' | ')}, are ${is.requests.join(' | ')}`);
    // other credentials end their token's life with the manager
    if (was.start === 'with a token' && was.isSameWorker && was.token !== is.token)
      found.push(`the token ${was.token ? 'stayed' : 'went'}, now it ${is.token ? 'stays' : 'goes'}`);
    return found.map((what) => `${was.file} ${was.call} (${was.start}): ${what}`);
  });
}
