/** Which headers pass the proxy, in both directions: those named here, and no other. Pure. */
import { ServerOptionError } from './errors.js';

const REQUEST_HEADERS = [
  'accept',
  'content-type',
  'x-ping-external-transaction-id',
  'x-ping-external-session-id',
] as const;

const RESPONSE_HEADERS = [
  'content-type',
  'date',
  'retry-after',
  'x-ping-external-transaction-id',
  'x-ping-external-session-id',
] as const;

/** Who asks, over which connection, by which way: never the page's to say (RFC 9110, section 7.6.1). */
const NEVER =
  /^(authorization|cookie2?|host|origin|referer|content-length|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|via|forwarded|x-(forwarded|real|http-method|original|rewrite)-.*|(proxy|sec)-.*)$/i;

/** @throws ServerOptionError for a header that must not pass. */
export function forwardedNames(own: readonly string[] = []): readonly string[] {
  const wrong = own.find((name) => NEVER.test(name) || !/^[\w-]+$/.test(name));
  if (wrong !== undefined) throw new ServerOptionError(`The header ${wrong} is never passed on; take it out.`);
  return [...REQUEST_HEADERS, ...own];
}

export function headersForPingOne(headers: Headers, names: readonly string[]): Record<string, string> {
  return { accept: 'application/json', ...picked(headers, names) };
}

export function headersForPage(headers: Headers): Record<string, string> {
  return picked(headers, RESPONSE_HEADERS);
}

function picked(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
