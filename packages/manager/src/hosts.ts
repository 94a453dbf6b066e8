/** Where secrets and tokens may go. A planted record or a wrong link must not be able to send them elsewhere. */

/** `URL.canParse` is newer than some of the places this runs in. */
export function parseAddress(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** Names of this machine, and of nobody else (RFC 6761, section 6.3; RFC 5735). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** `https:`, or `http:` to this machine; nothing that could hide another host. */
export function isSafeAddress(url: URL): boolean {
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** `host` is compared with its port, where it has one: `127.0.0.1:4010`. */
export function isAllowedHost(url: URL, allowed: Iterable<string>): boolean {
  const host = url.host.toLowerCase();
  for (const entry of allowed) if (entry.toLowerCase() === host) return true;
  return false;
}
