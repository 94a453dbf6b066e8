/** Refuses what another site's page sends here: the routes below act for the pages of this origin alone. Server code. */

/** @type {import('hono').MiddlewareHandler} */
export async function sameOrigin(context, next) {
  const origin = context.req.header('origin');
  const site = context.req.header('sec-fetch-site');
  const foreign = (origin !== undefined && !isOwn(origin, context.req.header('host'))) || site === 'cross-site';
  if (foreign) return context.json({ error: 'forbidden', error_description: 'Only pages of this origin' }, 403);
  await next();
}

function isOwn(origin, host) {
  return URL.canParse(origin) && new URL(origin).host === host;
}
