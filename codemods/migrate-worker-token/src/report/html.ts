/** The report as one HTML page without scripts from elsewhere: summary, a bar per folder, every site with its before and after. */
import path from 'node:path';
import type { Report } from '../types.js';
import { SCRIPT, STYLE } from './html-assets.js';

type Site = Report['sites'][number];

const STATUS: Record<Site['status'], string> = {
  migrated: 'migrated',
  manual: 'left for you',
  'rolled-back': 'rolled back',
  skipped: 'skipped',
};

export function htmlOf(report: Report): string {
  const { summary } = report;
  const title = `${summary.migrated} of ${summary.sites} sites migrated`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Worker token migration: ${escape(title)}</title>
<style>${STYLE}</style>
<h1>${escape(title)}</h1>
<p class="sub">${escape(report.tool)} on <code>${escape(report.root)}</code>${report.dryRun ? ', nothing written' : ''}</p>
${tiles(report)}
${folders(report.sites)}
<h2>Sites</h2>
${filters(report.sites)}
${report.sites.map((site) => siteBlock(site, report.root)).join('\n')}
${otherFiles(report)}
<script>${SCRIPT}</script>
</html>
`;
}

function tiles({ summary, verification, timings }: Report): string {
  const seconds = Object.values(timings).reduce((sum, ms) => sum + ms, 0) / 1000;
  const entries: [string, string | number][] = [
    ['files scanned', summary.filesScanned],
    ['with sites', summary.filesWithSites],
    ['files changed', summary.filesChanged],
    ['left for you', summary.manual + summary.rolledBack],
    ['skipped', summary.skipped],
    ['not parsed', summary.filesUnparsable],
    ['type errors before → after', `${verification.diagnosticsBefore} → ${verification.diagnosticsAfter}`],
    ['seconds', seconds.toFixed(1)],
  ];
  const tile = ([name, value]: [string, string | number]) =>
    `<div><b>${escape(String(value))}</b>${escape(name)}</div>`;
  return `<section class="tiles">${entries.map(tile).join('')}</section>`;
}

function folders(sites: Site[]): string {
  if (sites.length === 0) return '<p>No code here stores worker credentials or requests a worker token by itself.</p>';
  const names = [...new Set(sites.map((site) => path.posix.dirname(site.file)))].sort();
  const bars = names.map((name) => {
    const own = sites.filter((site) => path.posix.dirname(site.file) === name);
    const parts = (Object.keys(STATUS) as Site['status'][]).map((status) => {
      const count = own.filter((site) => site.status === status).length;
      return count === 0 ? '' : `<i class="${status}" style="flex:${count}" title="${count} ${STATUS[status]}"></i>`;
    });
    const done = own.filter((site) => site.status === 'migrated').length;
    return `<tr><td><code>${escape(name)}</code></td><td class="n">${done}/${own.length}</td><td class="bar">${parts.join('')}</td></tr>`;
  });
  return `<h2>Folders</h2><table>${bars.join('')}</table>`;
}

function filters(sites: Site[]): string {
  const boxes = (Object.keys(STATUS) as Site['status'][]).map((status) => {
    const count = sites.filter((site) => site.status === status).length;
    const off = count === 0 ? ' disabled' : '';
    return `<label><input type="checkbox" value="${status}" checked${off}> ${STATUS[status]} (${count})</label>`;
  });
  return `<p class="filters">${boxes.join(' ')} <input type="search" placeholder="file or pattern" aria-label="Filter by file or pattern"></p>`;
}

function siteBlock(site: Site, root: string): string {
  const place = `${site.file}:${site.line}:${site.column}`;
  const link = `vscode://file${encodeURI(`${root.replaceAll('\\', '/')}/${place}`)
    .replaceAll('#', '%23')
    .replaceAll('?', '%3F')}`;
  const right = site.after ?? site.suggestion;
  const heading = site.after === undefined ? 'Suggested' : 'After';
  return `<article data-status="${site.status}" data-text="${escape(`${site.file} ${site.pattern}`.toLowerCase())}">
<h3><span class="${site.status}">${STATUS[site.status]}</span> <a href="${escape(link)}">${escape(place)}</a> <small>${escape(site.pattern)}</small></h3>
${site.reason ? `<p>${escape(site.reason)}</p>` : ''}
<div class="pair"><div><h4>Before</h4><pre>${escape(site.before)}</pre></div>${right ? `<div><h4>${heading}</h4><pre>${escape(right)}</pre></div>` : ''}</div>
</article>`;
}

function otherFiles(report: Report): string {
  const list = (status: string, heading: string) => {
    const files = report.files.filter((file) => file.status === status);
    if (files.length === 0) return '';
    return `<h2>${heading}</h2><ul>${files.map(({ file, message }) => `<li><code>${escape(file)}</code>${message ? ` ${escape(message)}` : ''}</li>`).join('')}</ul>`;
  };
  return (
    list('unparsable', 'Files that do not parse') + list('ignored', 'Passed over: bundles, backups, generated files')
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
