// `node codemod-peers.mjs <peer> <folder>`: what others do with a whole tree before any transform. codemod.mjs measures it.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { sourcesOf } from './codemod-tree.mjs';

const peers = {
  /** The floor: each file is read and searched. */
  read(files) {
    let hits = 0;
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      if (text.includes('worker_credentials') || text.includes('/api/client-credentials')) hits++;
    }
    return hits;
  },
  async 'jscodeshift, parse'(files) {
    const { default: jscodeshift } = await import('jscodeshift');
    const j = jscodeshift.withParser('tsx');
    let hits = 0;
    for (const file of files) {
      try {
        hits += j(readFileSync(file, 'utf8')).find(j.CallExpression, {
          callee: { property: { name: 'getItem' } },
        }).length;
      } catch {
        // what it cannot parse it passes over
      }
    }
    return hits;
  },
  async 'jscodeshift, no-op'(files) {
    const { run } = await import('jscodeshift/src/Runner.js').then((runner) => runner.default ?? runner);
    const transform = new URL('codemod-no-op.cjs', import.meta.url).pathname;
    await run(transform, files, {
      dry: true,
      silent: true,
      cpus: Math.max(1, availableParallelism() - 1),
      parser: 'tsx',
    });
  },
  async 'ast-grep, find'(files) {
    const { Lang, parse } = await import('@ast-grep/napi');
    let hits = 0;
    for (const file of files) {
      const root = parse(/\.[jt]sx$/.test(file) ? Lang.Tsx : Lang.TypeScript, readFileSync(file, 'utf8')).root();
      hits += root.findAll('$A.getItem($B)').length;
    }
    return hits;
  },
};

const [peer, folder] = process.argv.slice(2);
if (!peers[peer] || !folder) {
  console.error(`Expected a peer (${Object.keys(peers).join(' | ')}) and a folder.`);
  process.exit(2);
}
await peers[peer](sourcesOf(folder));
