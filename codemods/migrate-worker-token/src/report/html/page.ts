/** The report as one HTML page: it loads nothing, works without its script, prints, and follows the reader's light or dark. */
import { createHash } from 'node:crypto';
import type { Report } from '../../types.js';
import { escape } from './escape.js';
import { foldersOf, headerOf, otherFilesOf, reasonsOf } from './overview.js';
import { SCRIPT } from './script.js';
import { editorLink, sitesOf, type LinkTo } from './sites.js';
import { STYLE } from './style.js';

export interface HtmlOptions {
  /** Where a place's link leads. Default: into Visual Studio Code. */
  linkTo?: LinkTo;
  /** Say how long it took. Default true; a page that is kept leaves it out. */
  withTime?: boolean;
}

export function htmlOf(report: Report, options: HtmlOptions = {}): string {
  const { linkTo = editorLink(report.root), withTime = true } = options;
  const { migrated, sites } = report.summary;
  const title = `${migrated} of ${sites} sites ${report.dryRun ? 'can be migrated' : 'migrated'}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}">
<title>Worker token migration: ${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${headerOf(report, title, withTime)}
<main>
${foldersOf(report.sites)}
${reasonsOf(report.sites)}
${sitesOf(report.sites, linkTo)}
${otherFilesOf(report)}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Only this style and this script may run, whatever the code in the report looks like. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
