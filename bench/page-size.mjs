// Bundles code as a page would and says what it weighs, min+gzip.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** In kB of 1000 bytes: the first script with what it imports at once, and everything that it may load later. */
export async function pageSize({ code, external = [], platform = 'browser' }) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: here, sourcefile: 'page.js' },
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform,
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    outdir: `${here}out`,
    external,
    logLevel: 'silent',
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
