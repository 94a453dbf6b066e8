// `node bench/size.mjs [--write]`: what a page pays, min+gzip, for the usual imports, beside the ceilings and the goals. Measured on the
// built packages. Fails when a row is over its ceiling; `--write` puts the table into docs/benchmarks.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { pageSize } from './page-size.mjs';
import { rows } from './size-rows.mjs';

const kB = (value) => `${value.toFixed(1)} kB`;
const lines = [
  '| import | first script | with all that loads later | ceiling | goal |',
  '| --- | ---: | ---: | ---: | ---: |',
];
const over = [];
for (const row of rows) {
  const { first, all } = await pageSize(row);
  const { name, ceiling, goal } = row;
  lines.push(`| ${name} | ${kB(first)} | ${kB(all)} | ${kB(ceiling)} | ${kB(goal)}${first > goal ? ' (over)' : ''} |`);
  if (first > ceiling) over.push(`${name}: expected at most ${kB(ceiling)}, got ${first.toFixed(2)} kB.`);
}
console.log(lines.join('\n'));
if (process.argv.includes('--write')) write(lines);
if (over.length > 0) {
  console.error(`${over.join('\n')}\nMake it smaller, or raise its ceiling in bench/size-rows.mjs and say what for.`);
  process.exitCode = 1;
}

/** In the place of the first table under `## Size`. */
function write(table) {
  const page = new URL('../docs/benchmarks.md', import.meta.url);
  const text = readFileSync(page, 'utf8');
  const start = text.indexOf('\n|', text.indexOf('\n## Size\n')) + 1;
  const end = text.indexOf('\n\n', start);
  writeFileSync(page, text.slice(0, start) + table.join('\n') + text.slice(end));
}
