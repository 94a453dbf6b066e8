/**
 * The built pages in server mode: each address of the app is answered with `index.html`, into which is written what a page may know of
 * the server's worker app, and with the cookie of this server's session. Server code.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from '@worker-token/legacy-app/server/pages';
import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { html } from 'hono/html';

/**
 * @param {object} options
 * @param {string} options.dist Absolute folder with an `index.html`.
 * @param {{ environmentId: string, clientId: string, region: string }} options.worker
 * @param {{ cookie: string, id: string }} options.session
 */
export function livePages({ dist, worker, session }) {
  const { environmentId, clientId, region } = worker;
  // the template escapes what it is given
  const meta = html`<meta name="server-worker" content="${JSON.stringify({ environmentId, clientId, region })}" />`;
  const page = readFileSync(join(dist, 'index.html'), 'utf8').replace('</head>', () => `${meta.toString()}</head>`);
  const route = new Hono();
  route.get('*', (context, next) => {
    const { pathname } = new URL(context.req.url);
    if (pathname.includes('.') && pathname !== '/index.html') return next();
    setCookie(context, session.cookie, session.id, { httpOnly: true, sameSite: 'Strict', path: '/' });
    context.header('Cache-Control', 'no-store');
    return context.html(page);
  });
  route.route('/', pages(dist));
  return route;
}
