/** The upper part of the page: what came out, by status, by folder and by reason. */
import path from 'node:path';
import type { Report } from '../../types.js';
import { count, escape } from './escape.js';
import { barOf, countsOf, STATUSES, STATUS_TEXT } from './status.js';

type Site = Report['sites'][number];

export function headerOf(report: Report, title: string, withTime: boolean): string {
  const counts = countsOf(report.sites);
  const legend = STATUSES.map(
    (status) => `<li><i class="${status}"></i><b>${counts[status]}</b> ${STATUS_TEXT[status]}</li>`,
  );
  const note = report.dryRun ? '<p class="note">A trial: nothing was written.</p>' : '';
  const assumptions = (report.assumptions ?? []).map((text) => `<p class="note">${escape(text)}</p>`).join('');
  return `<header>
<h1>${escape(title)}</h1>
<p class="sub">${escape(report.tool)} on <code>${escape(report.root)}</code></p>
${note}${assumptions}
${report.sites.length > 0 ? `${barOf(counts)}\n<ul class="legend">${legend.join('')}</ul>` : '<p>No code here stores worker credentials or requests a worker token by itself.</p>'}
<dl class="tiles">${tiles(report, withTime)}</dl>
</header>`;
}

function tiles({ summary, verification: v, timings }: Report, withTime: boolean): string {
  const seconds = Object.values(timings).reduce((sum, ms) => sum + ms, 0) / 1000;
  const entries: [name: string, value: string | number][] = [
    ['files scanned', summary.filesScanned],
    ['files with sites', summary.filesWithSites],
    ['files changed', summary.filesChanged],
    ['files not parsed', summary.filesUnparsable],
    ['type errors, before → after', `${v.diagnosticsBefore} → ${v.diagnosticsAfter}`],
    ['new promises nobody awaits', v.floatingPromises],
  ];
  if (withTime) entries.push(['seconds', seconds.toFixed(1)]);
  return entries.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('');
}

/** A row per folder; its name is a button that shows its sites alone. */
export function foldersOf(sites: readonly Site[]): string {
  if (sites.length === 0) return '';
  const folders = groupsOf(sites, (site) => path.posix.dirname(site.file));
  const rows = folders.map(([name, own]) => {
    const counts = countsOf(own);
    const button = `<button type="button" class="plain" data-folder="${escape(name)}"><code>${escape(name)}</code></button>`;
    return `<tr><th scope="row">${button}</th><td class="n">${counts.migrated} of ${own.length}</td><td class="wide">${barOf(counts)}</td></tr>`;
  });
  return `<section aria-labelledby="folders"><h2 id="folders">Folders</h2>
<table><thead><tr><th scope="col">Folder</th><th scope="col" class="n">Migrated</th><th scope="col">Sites</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>`;
}

/** Why sites were not migrated, most frequent first. */
export function reasonsOf(sites: readonly Site[]): string {
  const withReason = sites.filter((site) => site.reason !== undefined);
  if (withReason.length === 0) return '';
  const groups = groupsOf(withReason, reasonName).sort(([, a], [, b]) => b.length - a.length);
  const rows = groups.map(([name, own]) => {
    const [, sentence = ''] = /^[a-z-]+: (.*)$/s.exec(own[0]?.reason ?? '') ?? [];
    const button = `<button type="button" class="plain" data-search="${escape(name)}"><code>${escape(name)}</code></button>`;
    const text = name === 'type-error' ? 'with the change, the project had a new type error' : sentence;
    return `<tr><th scope="row">${button}</th><td class="n">${own.length}</td><td class="wide">${escape(text)}</td></tr>`;
  });
  return `<section aria-labelledby="reasons"><h2 id="reasons">Why sites were not migrated</h2>
<table><thead><tr><th scope="col">Reason</th><th scope="col" class="n">Sites</th><th scope="col">What it means</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>`;
}

export function reasonName({ reason = '' }: Site): string {
  return /^([a-z-]+): /.exec(reason)?.[1] ?? reason;
}

export function otherFilesOf({ files }: Report): string {
  const list = (status: string, id: string, heading: string) => {
    const own = files.filter((file) => file.status === status);
    if (own.length === 0) return '';
    const items = own.map(({ file, message }) => `<li><code>${escape(file)}</code> ${escape(message ?? '')}</li>`);
    return `<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2><ul>${items.join('')}</ul></section>`;
  };
  return (
    list('unparsable', 'unparsable', 'Files that do not parse') +
    list('ignored', 'ignored', `Passed over: bundles, backups, generated files`)
  );
}

export function shownCount(total: number): string {
  return count(total, 'site');
}

function groupsOf(sites: readonly Site[], key: (site: Site) => string): [string, Site[]][] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) groups.set(key(site), [...(groups.get(key(site)) ?? []), site]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
