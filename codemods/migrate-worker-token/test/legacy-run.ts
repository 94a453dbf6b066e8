/** What the codemod did to the copy of apps/legacy that `npm test` and `npm start` migrate, for the guide. */
import fs from 'node:fs';
import path from 'node:path';
import { htmlOf } from '../src/report/html/page.js';
import type { Report } from '../src/types.js';
import { PACKAGE } from './built-cli.js';

const REPORT = path.resolve(PACKAGE, '../../.cache/migrated/report/report.json');

/** Its report, which names the app's own folder. @throws Error if the copy was not migrated yet. */
export function legacyReport(): Report {
  if (!fs.existsSync(REPORT))
    throw new Error('The copy of apps/legacy is not migrated yet: npm test does it, npm start, too.');
  return { ...(JSON.parse(fs.readFileSync(REPORT, 'utf8')) as Report), root: 'apps/legacy' };
}

/** The report as a page of the docs: its links lead to the files beside it. */
export function docsPage(report: Report): string {
  return htmlOf(report, { withTime: false, linkTo: ({ file, line }) => `../../../../apps/legacy/${file}#L${line}` });
}
