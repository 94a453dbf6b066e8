// What a page pays before anything is called: the entry and what it imports at once, min+gzip. Code that is loaded later is not counted.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Bundles `code` as a page would. */
export async function bundle(code) {
  return build({
    stdin: { contents: code, resolveDir: here },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
}

/** In kB of 1000 bytes: what is loaded at once, and everything. */
export async function sizes(code) {
  const { outputFiles, metafile } = await bundle(code);
  const sizeOf = ({ contents }) => gzipSync(contents, { level: 9 }).length / 1000;
  const fileOf = (path) => outputFiles.find((file) => file.path.endsWith(path));
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint);
  const atOnce = new Set([entry]);
  for (const path of atOnce) {
    for (const { kind, path: next } of metafile.outputs[path].imports)
      if (kind === 'import-statement') atOnce.add(next);
  }
  const sum = (files) => files.reduce((total, file) => total + sizeOf(file), 0);
  return { first: sum([...atOnce].map(fileOf)), all: sum(outputFiles) };
}
