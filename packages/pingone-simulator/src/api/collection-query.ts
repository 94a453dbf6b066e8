/** Reads what a client asks of a collection from the address. */
import type { Context } from 'hono';
import type { CollectionQuery } from './collection.js';

export function queryOf(c: Context): CollectionQuery {
  return {
    filter: c.req.query('filter'),
    limit: c.req.query('limit'),
    order: c.req.query('order'),
    cursor: c.req.query('cursor'),
  };
}
