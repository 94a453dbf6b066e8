/** What a terminal shows, as an SVG that plays it: the command is typed, the progress passes by, the rest stays. Pure. */

const WIDTH = 100;
const CHARACTER = 8.4;
const LINE = 20;
const PADDING = 20;
const BAR = 34;

/** SGR codes (ECMA-48, 8.3.117) that the codemod uses → a class; 22 and 39 take back. */
const CLASSES: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  36: 'cyan',
  90: 'dim',
};

export interface Recording {
  command: string;
  /** What stands in the second line for a while, one after the other. */
  passing: readonly string[];
  /** What stays in the end, with its colours. */
  output: string;
}

const TYPING_SECONDS = 1.2;
const PASSING_SECONDS = 0.9;

export function terminalPicture({ command, passing, output }: Recording): string {
  const lines = output.trimEnd().split('\n');
  const height = BAR + PADDING + LINE * (lines.length + 2);
  const width = Math.round(PADDING * 2 + WIDTH * CHARACTER);
  const done = TYPING_SECONDS + passing.length * PASSING_SECONDS;
  const y = (row: number) => BAR + PADDING + LINE * row;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(`${command}, in a terminal`)}</title>`,
    STYLE,
    `<rect class="window" width="${width}" height="${height}" rx="8"/>`,
    ...[16, 34, 52].map((x) => `<circle class="button" cx="${x + 4}" cy="17" r="5.5"/>`),
    `<text x="${PADDING}" y="${y(0)}"><tspan class="green">$</tspan> ${escaped(command)}</text>`,
    ...passing.map((text, index) => {
      const begin = TYPING_SECONDS + index * PASSING_SECONDS;
      return `<text class="passing" style="animation-delay:${begin.toFixed(1)}s" x="${PADDING}" y="${y(2)}">${escaped(text)}</text>`;
    }),
    `<g class="staying" style="animation-delay:${done.toFixed(1)}s">`,
    ...lines.map((line, row) => (line ? `<text x="${PADDING}" y="${y(row + 2)}">${coloured(line)}</text>` : '')),
    '</g>',
    '</svg>',
    '',
  ]
    .filter((line, index, all) => line !== '' || index === all.length - 1)
    .join('\n');
}

/** Who wants no motion, and whatever does not play it, is shown the end. */
const STYLE = `<style>
svg { --paper: #fbfbfd; --ink: #24292f; --dim: #656d76; --green: #116329; --yellow: #7d4e00; --red: #a40e26; --cyan: #0b5a72; --edge: #d0d7de }
@media (prefers-color-scheme: dark) { svg { --paper: #16181d; --ink: #e6edf3; --dim: #9199a3; --green: #6fdd8b; --yellow: #e3b341; --red: #ff9492; --cyan: #76d5ee; --edge: #3d444d } }
.window { fill: var(--paper); stroke: var(--edge) }
.button { fill: var(--edge) }
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: var(--ink); white-space: pre }
.bold { font-weight: 700 }
.dim { fill: var(--dim) }
.green { fill: var(--green) }
.yellow { fill: var(--yellow) }
.red { fill: var(--red) }
.cyan { fill: var(--cyan) }
.passing { opacity: 0 }
@media (prefers-reduced-motion: no-preference) {
.passing { animation: pass ${PASSING_SECONDS}s step-end both }
.staying { animation: stay 0.1s step-end both }
}
@keyframes pass { from { opacity: 1 } to { opacity: 0 } }
@keyframes stay { from { opacity: 0 } to { opacity: 1 } }
</style>`;

function coloured(line: string): string {
  // eslint-disable-next-line no-control-regex -- the escape is what is looked for
  const parts = line.split(/\u001b\[(\d+)m/);
  const on = new Set<string>();
  return parts
    .map((part, index) => {
      if (index % 2 === 0)
        return part && on.size > 0 ? `<tspan class="${[...on].join(' ')}">${escaped(part)}</tspan>` : escaped(part);
      change(on, part);
      return '';
    })
    .join('');
}

function change(on: Set<string>, code: string): void {
  const name = CLASSES[code];
  if (name) on.add(name);
  else if (code === '22') ['bold', 'dim'].forEach((weight) => on.delete(weight));
  else if (code === '39') ['red', 'green', 'yellow', 'cyan', 'dim'].forEach((colour) => on.delete(colour));
  else on.clear();
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[mark] ?? mark);
}
