// A page for each export of the packages, out of its docstring.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';
import { root } from './places.mjs';

const ENTRIES = [
  'storage/src/index.ts',
  'storage/src/node.ts',
  'storage/src/conformance.ts',
  'manager/src/index.ts',
  'manager/src/core.ts',
  'react/src/index.ts',
  'react/src/devtools/index.ts',
  'server/src/index.ts',
  'redis/src/index.ts',
  'pingone-simulator/src/index.ts',
];

/** @throws Error when a docstring names what does not exist, or is otherwise wrong. */
export async function writeApiPages(out) {
  const app = await Application.bootstrapWithPlugins({
    entryPoints: ENTRIES.map((entry) => join(root, 'packages', entry)),
    tsconfig: join(root, 'site/tsconfig.json'),
    basePath: join(root, 'packages'),
    plugin: [fileURLToPath(import.meta.resolve('typedoc-plugin-markdown'))],
    outputs: [{ name: 'markdown', path: out }],
    skipErrorChecking: true,
    excludeInternal: true,
    excludePrivate: true,
    disableSources: true,
    readme: 'none',
    githubPages: false,
    hideGenerator: true,
    logLevel: 'Warn',
    entryFileName: 'index',
    outputFileStrategy: 'modules',
    useCodeBlocks: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    parametersFormat: 'table',
  });
  const project = await app.convert();
  if (!project) throw new Error('The packages could not be read: see what typedoc says above.');
  await app.generateOutputs(project);
  renamed(out);
  if (app.logger.hasErrors()) throw new Error('The API pages could not be written: see what typedoc says above.');
}

/** As readers import them: `manager/src/core` is `@worker-token/manager/core`. */
function renamed(out) {
  for (const name of readdirSync(out, { recursive: true }).filter((file) => file.endsWith('.md'))) {
    const file = join(out, name);
    const text = readFileSync(file, 'utf8').replace(/^(# |- \[)([\w-]+)\/src(?=[/\]\n])/gm, '$1@worker-token/$2');
    // no HTML in pages
    const plain = counted(text).replace(/<a id="[^"]*"><\/a> /g, '');
    writeFileSync(file, plain.replace(/^# worker-token$/m, '# API'));
  }
}

/** The plugin numbers some headings that have their name for themselves. */
function counted(text) {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/\W/g, ''));
  const times = (slug) => headings.filter((heading) => heading === slug).length;
  return text.replace(/\(#(\w+)-(\d+)\)/g, (link, slug, number) => (times(slug) > number ? link : `(#${slug})`));
}
