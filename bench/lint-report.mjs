// Writes a part of the section on linting in docs/benchmarks.md, and leaves all others as they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { format, resolveConfig } from 'prettier';

const page = new URL('../docs/benchmarks.md', import.meta.url);

export const machine = `Node ${process.version}, ${cpus()[0]?.model.trim() ?? 'an unknown processor'} × ${cpus().length}, shared with other work`;

/** Puts the lines under `### title` in `## Linting`, in the place of what stood there. */
export async function writeSection(title, lines) {
  const text = readFileSync(page, 'utf8');
  const [before, section = '\n', after = ''] = split(text, /^## Linting$/m, /^## /m);
  const [above, , below = ''] = split(section, new RegExp(`^### ${title}$`, 'm'), /^### /m);
  const part = `### ${title}\n\n${lines.join('\n')}\n\n`;
  const whole = `${before.trimEnd()}\n\n## Linting\n${above.trimEnd()}\n\n${part}${below}\n${after}`;
  writeFileSync(page, await format(whole, { ...(await resolveConfig(page)), parser: 'markdown' }));
}

/** What stands before a heading, below it, and from the next heading on. */
function split(text, heading, next) {
  const at = text.search(heading);
  if (at < 0) return [text];
  const start = text.indexOf('\n', at) + 1;
  const end = text.slice(start).search(next);
  return end < 0
    ? [text.slice(0, at), text.slice(start)]
    : [text.slice(0, at), text.slice(start, start + end), text.slice(start + end)];
}
