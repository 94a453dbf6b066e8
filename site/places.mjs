// Where the site comes from and goes.
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
/** The pages as VitePress reads them. */
export const pages = join(root, '.cache/site/pages');
export const built = join(root, '.cache/site/dist');
export const repository = 'https://github.com/worker-token/worker-token';
