/** Which files are not looked into, and which are looked at but left alone. Paths are relative, with forward slashes. */

const GENERATED =
  /(^|\/)(node_modules|dist|build|out|coverage|vendor|archived?|backups?|\.[^/]+)\/|(^|\/)public\/(.*\/)?[^/]*bundle[^/]*$|\.min\.[cm]?js$|[-._]bundle(-v?\d+)?\.[cm]?js$|(^|\/)bundle(-v?\d+)?\.[cm]?js$|\.d\.[cm]?ts$/;
const BACKUP = /(_BROKEN|\.backup|\.bak|\.orig|_fixed|\.old|[ _-]copy)(\.|_|$)/i;
const TEST = /\.(test|spec|stories)\.[cm]?[jt]sx?$|(^|\/)(__tests__|__mocks__|tests?|e2e|cypress|playwright)\//;
const SERVER =
  /(^|\/)(server|servers|backend|functions|lambda|netlify|api-server)\/|(^|\/)(server|backend)\.[cm]?[jt]s$/;

/** Bundles, build output, backups, declaration files: never parsed. */
export function isIgnoredPath(path: string): boolean {
  return GENERATED.test(path) || BACKUP.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Tests and stories: listed, never changed. */
export function isTestPath(path: string): boolean {
  return TEST.test(path);
}

/** Where server code lives by name; a server's imports say it more surely. */
export function isServerPath(path: string): boolean {
  return SERVER.test(path);
}

/** No person writes a file of a million characters; to parse one takes a minute and gigabytes. */
const MAX_LENGTH = 1_000_000;

/** A file of that size, and one line of tens of thousands of characters, is a machine's. */
export function looksBundled(text: string): boolean {
  if (text.length > MAX_LENGTH) return true;
  if (text.length < 2_000) return /^[!(]function\(|^\(\(\)=>\{/.test(text) && text.trim().split('\n').length <= 2;
  const lines = text.split('\n', 50);
  return lines.some((line) => line.length > 5_000) && text.length / text.split('\n').length > 500;
}
