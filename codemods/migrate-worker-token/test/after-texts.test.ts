/** The report's `after` of a migrated site says what became of it, whichever edit did it. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../src/migrate.js';
import { PACKAGE } from './built-cli.js';

it('is never the text as it was', async () => {
  for (const name of fs.readdirSync(path.join(PACKAGE, 'fixtures'))) {
    const root = path.join(PACKAGE, 'fixtures', name, 'before');
    const report = await migrate({ root, dryRun: true, verify: false });
    const migrated = report.sites.filter((site) => site.status === 'migrated');

    expect(
      migrated.filter((site) => site.after === site.before),
      name,
    ).toEqual([]);
  }
});
