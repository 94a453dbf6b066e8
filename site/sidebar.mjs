// The order of the pages: by what somebody wants to do. A page that no line names stands nowhere, and a test says so.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './places.mjs';

/** Its own words where the heading of the page is made for another place. */
const page = (path, text = headingOf(path)) => ({ text, link: `/${path.replace(/\.md$/, '')}` });

const folder = (path, skip = []) =>
  readdirSync(join(pages, path))
    .filter((name) => name.endsWith('.md') && !skip.includes(name))
    .sort((one, other) => (one === 'index.md' ? -1 : other === 'index.md' ? 1 : one.localeCompare(other)))
    .map((name) => page(`${path}/${name}`));

function headingOf(path) {
  const heading = /^# (.+)$/m.exec(readFileSync(join(pages, path), 'utf8'))?.[1];
  if (!heading) throw new Error(`Expected a heading (# …) in ${path}, for the list of pages; there is none.`);
  return heading.replaceAll('`', '').replace(/^@worker-token\//, '');
}

const group = (text, items, collapsed = false) => ({ text, items, collapsed });

export function sidebar() {
  return [
    group('Begin', [
      page('start.md', 'Start'),
      page('docs/guides/migrate-step-by-step.md'),
      page('docs/guides/sample-app.md'),
      page('docs/faq.md'),
      page('docs/comparison.md'),
    ]),
    group(
      'Packages',
      ['storage', 'manager', 'react', 'server', 'redis', 'eslint-plugin', 'pingone-simulator']
        .map((name) => page(`packages/${name}/index.md`, name))
        .concat(page('codemods/migrate-worker-token/index.md', 'codemod')),
    ),
    group('Guides', [
      page('docs/guides/server-mode.md'),
      page('docs/guides/fleet.md'),
      page('docs/guides/another-provider.md'),
      page('docs/security.md'),
      page('docs/encryption.md'),
      page('docs/errors.md'),
    ]),
    group('Storage tiers', folder('docs/tiers'), true),
    group(
      'Codemod',
      [
        page('codemods/migrate-worker-token/docs/configuration.md'),
        ...folder('codemods/migrate-worker-token/docs/patterns'),
      ],
      true,
    ),
    group('Lint rules', folder('packages/eslint-plugin/docs/rules'), true),
    group('API', apiPages(), true),
    group(
      'Project',
      [
        page('docs/benchmarks.md'),
        page('docs/architecture.md'),
        page('docs/versions.md'),
        page('SECURITY.md'),
        page('CONTRIBUTING.md'),
        page('bench/index.md'),
        page('e2e/index.md'),
        page('apps/sample/index.md'),
        page('apps/legacy/index.md'),
        page('apps/ui-kit/index.md'),
        page('packages/legacy-signals/index.md'),
      ],
      true,
    ),
    group('Decisions', folder('docs/decisions'), true),
  ];
}

function apiPages() {
  return readdirSync(join(pages, 'api'), { recursive: true })
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .sort()
    .map((name) => page(`api/${name}`));
}
