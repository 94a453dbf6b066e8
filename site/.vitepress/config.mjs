// The site of the documentation: what VitePress is told.
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { built, pages, repository, root } from '../places.mjs';
import { sidebar } from '../sidebar.mjs';

export default defineConfig({
  title: 'worker-token',
  description:
    'One safe place for PingOne worker credentials, one token that is always valid, and a codemod that moves existing code there.',
  head: [['link', { rel: 'icon', href: '/key.svg', type: 'image/svg+xml' }]],
  srcDir: pages,
  outDir: built,
  cacheDir: join(root, '.cache/site/vitepress'),
  // placeholders such as <flowKey> are words here
  markdown: { html: false },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Migrate', link: '/docs/guides/migrate-step-by-step' },
      { text: 'API', link: '/api/' },
      { text: 'Benchmarks', link: '/docs/benchmarks' },
    ],
    sidebar: sidebar(),
    socialLinks: [{ icon: 'github', link: repository }],
    outline: [2, 3],
  },
});
