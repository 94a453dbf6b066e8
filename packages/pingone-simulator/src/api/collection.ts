/**
 * Pages of a collection in PingOne's HAL shape: what was asked for in, one page with its links out.
 */
import { invalidData } from '../platform-error.js';
import { decodeCursor, encodeCursor, type CursorContent } from './cursor.js';

/** What a client may ask of a collection. */
export interface CollectionQuery {
  filter?: string | undefined;
  limit?: string | undefined;
  order?: string | undefined;
  cursor?: string | undefined;
}

export interface Collection<T> {
  /** Name under `_embedded`. */
  name: string;
  /** Absolute address of the collection, without a query. */
  url: string;
  maxPageSize: number;
  query: CollectionQuery;
  /** All items that match, in order. */
  select(filter: string, order: string): readonly T[];
  /** What one item looks like in the answer. */
  present(item: T): object;
}

export function pageOf<T>(collection: Collection<T>): object {
  const request = resolveQuery(collection);
  const all = collection.select(request.filter, request.order);
  const items = all.slice(request.offset, request.offset + request.limit);
  const end = request.offset + items.length;
  const link = (offset: number): { href: string } => ({ href: hrefOf(collection.url, request, offset) });
  return {
    _links: {
      self: { href: collection.url },
      ...(end < all.length ? { next: link(end) } : {}),
      ...(request.offset > 0 ? { prev: link(Math.max(0, request.offset - request.limit)) } : {}),
    },
    _embedded: { [collection.name]: items.map((item) => collection.present(item)) },
    count: all.length,
    size: items.length,
  };
}

function hrefOf(url: string, request: CursorContent, offset: number): string {
  return `${url}?cursor=${encodeCursor({ ...request, offset })}&limit=${request.limit}`;
}

/** A cursor brings its filter and order along; a request may repeat them but not change them. */
function resolveQuery<T>({ query, url, maxPageSize }: Collection<T>): CursorContent {
  const path = new URL(url).pathname;
  const limit = limitOf(query.limit, maxPageSize);
  if (query.cursor === undefined) {
    return { collection: path, filter: query.filter ?? '', order: query.order ?? '', limit, offset: 0 };
  }
  const cursor = decodeCursor(query.cursor);
  const bound =
    cursor?.collection === path &&
    (query.filter === undefined || query.filter === cursor.filter) &&
    (query.order === undefined || query.order === cursor.order);
  if (!cursor || !bound) {
    throw invalidData({
      code: 'INVALID_VALUE',
      target: 'cursor',
      message: 'The cursor is not valid for this request.',
    });
  }
  return query.limit === undefined ? cursor : { ...cursor, limit };
}

function limitOf(text: string | undefined, maxPageSize: number): number {
  if (text === undefined) return maxPageSize;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw invalidData({
      code: 'OUT_OF_RANGE',
      target: 'limit',
      message: 'The limit must be a whole number from 1 to 1000.',
      innerError: { rangeMinimumValue: 1, rangeMaximumValue: 1000 },
    });
  }
  return Math.min(limit, maxPageSize);
}
