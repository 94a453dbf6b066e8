/** The lower part of the page: filters, and each site with its code before and after, side by side. */
import path from 'node:path';
import { diffArrays } from 'diff';
import type { Report } from '../../types.js';
import { escape } from './escape.js';
import { reasonName, shownCount } from './overview.js';
import { countsOf, STATUSES, STATUS_TEXT } from './status.js';

type Site = Report['sites'][number];

/** Address of a place in the code. */
export type LinkTo = (site: Pick<Site, 'file' | 'line' | 'column'>) => string;

/** Opens the file at the line, in Visual Studio Code. */
export function editorLink(root: string): LinkTo {
  return ({ file, line, column }) => {
    const address = encodeURI(`${root.replaceAll('\\', '/')}/${file}:${line}:${column}`);
    return `vscode://file${address.startsWith('/') ? '' : '/'}${address.replaceAll('#', '%23').replaceAll('?', '%3F')}`;
  };
}

export function sitesOf(sites: readonly Site[], linkTo: LinkTo): string {
  if (sites.length === 0) return '';
  return `<section aria-labelledby="sites"><h2 id="sites">Sites</h2>
${toolbar(sites)}
<p id="none" hidden>No site fits these filters.</p>
<div id="list">
${chunksOf(sites.map((site, i) => articleOf(site, i, linkTo(site))))}
</div></section>`;
}

/** Sites that are laid out together, or not at all: a browser asks of each of these, not of each site, whether it is in sight. */
const CHUNK = 20;

function chunksOf(articles: readonly string[]): string {
  const chunks = Array.from({ length: Math.ceil(articles.length / CHUNK) }, (_, i) =>
    articles.slice(i * CHUNK, (i + 1) * CHUNK),
  );
  return chunks.map((own) => `<div class="chunk">\n${own.join('\n')}\n</div>`).join('\n');
}

function toolbar(sites: readonly Site[]): string {
  const counts = countsOf(sites);
  const boxes = STATUSES.filter((status) => counts[status] > 0).map(
    (status) =>
      `<label><input type="checkbox" value="${status}" checked> ${STATUS_TEXT[status]} <span>(${counts[status]})</span></label>`,
  );
  return `<form class="toolbar" role="search" aria-label="Sites">
<input type="search" id="search" placeholder="File, code or reason" aria-label="Search in files, code and reasons">
${boxes.join('\n')}
${selectOf('pattern', 'all patterns', sites, (site) => site.pattern)}
${selectOf('folder', 'all folders', sites, folderOf)}
<button type="button" id="keys" aria-expanded="false" aria-controls="help">Keys</button>
<output id="shown" aria-live="polite">${shownCount(sites.length)}</output>
<dl id="help" hidden>
<div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous site</dd></div>
<div><dt><kbd>Enter</kbd></dt><dd>open the line in the editor</dd></div>
<div><dt><kbd>/</kbd></dt><dd>search</dd></div>
<div><dt><kbd>1</kbd>–<kbd>${boxes.length}</kbd></dt><dd>show or hide a status</dd></div>
<div><dt><kbd>Esc</kbd></dt><dd>show everything again</dd></div>
</dl>
</form>`;
}

function selectOf(id: string, all: string, sites: readonly Site[], key: (site: Site) => string): string {
  const names = [...new Set(sites.map(key))].sort();
  const options = names.map((name) => `<option>${escape(name)}</option>`).join('');
  return `<select id="${id}" aria-label="${id}"><option value="">${all}</option>${options}</select>`;
}

const folderOf = ({ file }: Site) => path.posix.dirname(file);

function articleOf(site: Site, index: number, link: string): string {
  const place = `${site.file}:${site.line}:${site.column}`;
  const { status, pattern } = site;
  const data = `data-status="${status}" data-pattern="${escape(pattern)}" data-folder="${escape(folderOf(site))}"`;
  return `<article id="site-${index + 1}" tabindex="-1" ${data}>
<h3><span class="badge ${status}">${STATUS_TEXT[status]}</span> <a href="${escape(link)}">${escape(place)}</a> <small>${escape(pattern)}</small></h3>
${site.reason === undefined ? '' : `<p>${reasonHtml(site)}</p>`}<div class="pair">${pairOf(site)}</div>
</article>`;
}

function reasonHtml(site: Site): string {
  const name = reasonName(site);
  const rest = (site.reason ?? '').slice(name.length);
  return `<strong>${escape(name)}</strong>${proseHtml(rest)}`;
}

function pairOf({ before, after, suggestion, status }: Site): string {
  const old = dedented(before);
  if (after !== undefined) {
    const { left, right } = compared(old, dedented(after));
    return block('Before', left) + block('After', right || '<em>removed</em>');
  }
  if (suggestion === undefined) return block('Before', escape(old));
  if (status !== 'rolled-back')
    return block('Before', escape(old)) + `<div><h4>Instead</h4><p>${proseHtml(suggestion)}</p></div>`;
  const { left, right } = compared(old, dedented(suggestion));
  return block('Before', left) + block('Taken back', right);
}

/** Names between backticks are code. */
function proseHtml(text: string): string {
  return escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function block(heading: string, html: string): string {
  return `<div><h4>${heading}</h4><pre><code>${html}</code></pre></div>`;
}

/** Lines that differ are marked; the others are plain. */
function compared(before: string, after: string): { left: string; right: string } {
  let left = '';
  let right = '';
  for (const { value, added, removed } of diffArrays(before.split('\n'), after === '' ? [] : after.split('\n'))) {
    const html = `${escape(value.join('\n'))}\n`;
    if (removed) left += `<del>${html}</del>`;
    else if (added) right += `<ins>${html}</ins>`;
    else {
      left += html;
      right += html;
    }
  }
  return { left, right };
}

/** The first line begins at the statement; the others lose the indentation they have in common. */
function dedented(text: string): string {
  const [first = '', ...rest] = text.replaceAll('\t', '  ').split(/\r?\n/);
  const depths = rest.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const depth = depths.length > 0 ? Math.min(...depths) : 0;
  return [first, ...rest.map((line) => line.slice(depth))].join('\n');
}
