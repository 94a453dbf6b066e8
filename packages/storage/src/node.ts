/** What needs Node: files, and keys from the environment. */
export { keyFromEnvironment } from './node/environment-key.js';
export { fileTier, type FileTierOptions } from './node/file-tier.js';
export type { KeyCallback } from './raw-key-source.js';
