/** Vite on the same origin, for work on the pages. Server code. */
import { fileURLToPath } from 'node:url';

/** @param {import('node:http').Server} server Carries Vite's reload socket. */
export async function devPages(server) {
  const { createServer } = await import('vite');
  const vite = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    server: { middlewareMode: true, hmr: { server } },
    appType: 'spa',
  });
  return { middlewares: vite.middlewares, close: () => vite.close() };
}
