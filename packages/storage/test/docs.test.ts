/** What the pages must not stop saying: what encryption does not protect from, and a page for each tier. */
import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => fs.readFileSync(join(root, path), 'utf8').replace(/\s+/g, ' ');

describe('the docs', () => {
  it.each(['packages/storage/README.md', 'docs/encryption.md'])(
    '%s says plainly what encryption at rest does not do',
    (path) => {
      const text = read(path);
      expect(text).toContain('hides secrets from someone who looks at storage');
      for (const whom of ['code', 'browser extensions', 'malware', 'copy the browser profile'])
        expect(text).toContain(whom);
      expect(text).toContain('keep the secret on a server');
    },
  );

  it('have a page for each tier, which the list of tiers links', () => {
    const list = read('docs/tiers/README.md');
    const pages = fs.readdirSync(join(root, 'docs/tiers')).filter((name) => name !== 'README.md');
    expect(pages.sort()).toEqual(
      ['file', 'http', 'indexed-db', 'memory', 'unstorage', 'web-storage', 'write-your-own'].map(
        (name) => `${name}.md`,
      ),
    );
    for (const page of pages) expect(list).toContain(`(${page})`);
  });
});
