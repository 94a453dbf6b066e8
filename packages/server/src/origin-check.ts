/**
 * Refuses what pages of other sites send. Three independent signs: `Origin`, what the browser says of the site (`Sec-Fetch-Site`), and
 * a header that forms and images cannot set. @see OAuth 2.0 for Browser-Based Applications, section 6.1.3.3
 */
import { ServerOptionError } from './errors.js';
import { Refusal } from './refusal.js';

/** A header with the value that it must have, for example `['X-Requested-With', 'worker-token']`. */
export type CustomHeader = readonly [name: string, value: string];

/** What pages send to the token route and the proxy: a browser asks the server first before it sends this to another origin. */
export const REQUESTED_WITH: CustomHeader = ['X-Requested-With', 'worker-token'];

/** @throws ServerOptionError for what is no origin. */
export function assertOrigins(origins: readonly string[] | undefined): void {
  for (const origin of origins ?? []) {
    if (URL.canParse(origin) && new URL(origin).origin === origin) continue;
    throw new ServerOptionError(`Expected origins such as https://app.example, without a path; got ${origin}.`);
  }
}

/** @throws Refusal 403 */
export function assertOwnPage(request: Request, origins: readonly string[] | undefined): void {
  const origin = request.headers.get('origin');
  if (origin === null) {
    // Browsers leave it out of reads of their own origin; programs that are no browser have no page.
    const site = request.headers.get('sec-fetch-site');
    if (site === 'cross-site' || site === 'same-site') throw foreign();
  } else if (!isOwn(origin, request, origins)) throw foreign();
}

/** @throws Refusal 403 */
export function assertCustomHeader(request: Request, [name, value]: CustomHeader): void {
  if (request.headers.get(name) === value) return;
  throw new Refusal(403, 'missing_header', `Expected the header ${name}: ${value}.`);
}

/** By default hosts are compared, and no schemes: a proxy that ends TLS keeps the one and hides the other. */
function isOwn(origin: string, request: Request, origins: readonly string[] | undefined): boolean {
  if (origins) return origins.includes(origin);
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host !== '' && host === hostOf(request);
}

/** As the browser named it: a framework may write a host of its own into the URL, as Next.js does. */
function hostOf(request: Request): string {
  return request.headers.get('host')?.toLowerCase() ?? new URL(request.url).host;
}

function foreign(): Refusal {
  return new Refusal(403, 'forbidden_origin', 'Only pages of this application may ask.');
}
