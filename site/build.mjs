// `npm run docs:build`: collects the pages, writes those of the API, and builds the site.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vitepress';
import { writeApiPages } from './api-pages.mjs';
import { collect } from './collect.mjs';
import { built, pages } from './places.mjs';

const here = import.meta.dirname;
collect();
await writeApiPages(join(pages, 'api'));
await build(here);
if (!existsSync(join(built, 'index.html'))) throw new Error(`The site was not built: there is no page in ${built}.`);
console.log(`The site: ${built}`);
