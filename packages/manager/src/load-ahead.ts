/**
 * Code that is loaded when it is needed, and in a page already before: browsers remember that an import failed, so that one attempt
 * without a network would spoil all later ones until the page is loaded anew.
 */
import { globals } from './globals.js';

export function loadAhead<T>(load: () => Promise<T>): () => Promise<T> {
  // What goes wrong is said to whoever needs it.
  if (globals.document) void load().catch(() => {});
  return load;
}
