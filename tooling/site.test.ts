// The site of the documentation is built, whole, and needs nothing from elsewhere.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './repository.js';

const built = join(root, '.cache/site/dist');

/** Address in the site → text of the page. */
const pages = new Map<string, string>();

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'site/build.mjs')], { encoding: 'utf8', stdio: 'pipe' });
  for (const name of readdirSync(built, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.html') && name !== '404.html') pages.set(`/${name}`, readFileSync(join(built, name), 'utf8'));
  }
}, 180_000);

const own = () => [...pages].filter(([address]) => !address.endsWith('legacy-report.html'));

/** The file that a link of a page means, and the place in it. */
function meant(href: string, from: string): { address: string; hash: string } {
  const [path = '', hash = ''] = decodeURIComponent(href).split('#');
  const whole = path === '' ? from : posix.resolve(dirname(from), path);
  const address = path.endsWith('/') ? posix.join(whole, 'index.html') : whole;
  return { address: address.endsWith('.html') ? address : `${address}.html`, hash };
}

describe('the site', () => {
  it('has every page in its list', () => {
    const linked = own().flatMap(([from, html]) =>
      [...html.matchAll(/<a[^>]* href="([^"]+)"/g)].map(([, href = '']) => meant(href, from).address),
    );
    const listed = new Set(linked);
    expect(own().length).toBeGreaterThan(60);
    expect(own().flatMap(([address]) => (listed.has(address) ? [] : [address]))).toEqual([]);
  });

  it('leads to places that are there', () => {
    const dead = own().flatMap(([from, html]) =>
      [...html.matchAll(/<a[^>]* href="((?!https?:|mailto:)[^"]*)"/g)].flatMap(([, href = '']) => {
        const { address, hash } = meant(href, from);
        const page = pages.get(address);
        if (!page) return [`${from}: ${href}`];
        return hash === '' || page.includes(`id="${hash}"`) ? [] : [`${from}: ${href}`];
      }),
    );
    expect(dead).toEqual([]);
  });

  it('loads nothing from elsewhere', () => {
    const foreign = own().flatMap(([from, html]) =>
      [...html.matchAll(/<(?:script|link|img|iframe)[^>]* (?:src|href)="(https?:[^"]+)"/g)].map(
        (match) => `${from}: ${match[1]}`,
      ),
    );
    expect(foreign).toEqual([]);
    const styles = readdirSync(join(built, 'assets')).filter((name) => name.endsWith('.css'));
    expect(
      styles.filter((name) => /url\(["']?https?:/.test(readFileSync(join(built, 'assets', name), 'utf8'))),
    ).toEqual([]);
  });

  it('can be searched', () => {
    const chunks = join(built, 'assets/chunks');
    const index = readdirSync(chunks).filter((name) => name.startsWith('@localSearchIndex'));
    expect(index).toHaveLength(1);
    const words = readFileSync(join(chunks, index[0]!), 'utf8');
    for (const word of ['invalidatetoken', 'quota', 'no-direct-credential-storage', 'redistier']) {
      expect(words.toLowerCase()).toContain(word);
    }
  });

  it('has a page for what the packages export', () => {
    for (const name of ['storage', 'manager', 'react', 'server', 'redis']) {
      expect(existsSync(join(built, `api/${name}/src.html`)), name).toBe(true);
    }
    expect(pages.get('/api/manager/src.html')).toContain('id="workertokenmanager"');
  });
});
