/** The built pages: files of `dist`, and `index.html` for every other address, since the pages route themselves. Server code. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

const YEAR_SECONDS = 365 * 24 * 3600;

/** @param {string} dist Absolute folder with an `index.html`. */
export function pages(dist) {
  const route = new Hono();
  route.use('/assets/*', async (context, next) => {
    await next();
    if (context.res.ok) context.header('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
  });
  route.use('*', serveStatic({ root: dist }));
  route.get('*', async (context) => {
    if (new URL(context.req.url).pathname.startsWith('/assets/')) return context.notFound();
    return context.html(await readFile(join(dist, 'index.html'), 'utf8'));
  });
  return route;
}
