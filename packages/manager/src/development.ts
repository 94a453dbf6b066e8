/** Whether this is a development build, by the word that bundlers put in. */

/** Bundlers replace exactly `process.env.NODE_ENV`; without a bundler a browser has no `process`. */
declare const process: { env: { NODE_ENV?: string } };

export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV === 'development';
  } catch {
    return false;
  }
}
