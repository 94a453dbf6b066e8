/** `--interactive`: shows each component, its places before and after, and takes a yes or no. */
import { createInterface } from 'node:readline';
import type { Choice } from '../choices.js';
import { UsageError } from '../errors.js';
import { colorsFor, type Colors } from '../report/colors.js';
import { printable } from '../report/printable.js';
import type { Surroundings } from './surroundings.js';

const HELP = `  y  change it
  n  leave it as it is; the summary lists it
  a  change it and all that follow
  d  leave it and all that follow
  q  stop; nothing is written
`;

type Answer = 'y' | 'n' | 'a' | 'd';

/** @param clear Called before anything is asked. */
export function asking(io: Surroundings, clear: () => void) {
  const colors = colorsFor(io.stdout, io.env);
  return async (choices: readonly Choice[]): Promise<ReadonlySet<string>> => {
    clear();
    const declined = new Set<string>();
    const terminal = createInterface({ input: io.stdin ?? process.stdin });
    const lines = terminal[Symbol.asyncIterator]();
    try {
      let rest: 'a' | 'd' | null = null;
      for (const [i, choice] of choices.entries()) {
        if (rest === null) io.stdout.write(shown(choice, `${i + 1}/${choices.length}`, colors));
        const answer: Answer = rest ?? (await answerOf(lines, io));
        if (answer === 'a' || answer === 'd') rest = answer;
        if (answer === 'n' || answer === 'd') declined.add(choice.component);
      }
    } finally {
      terminal.close();
    }
    return declined;
  };
}

/** @throws UsageError when the person stops, or nobody answers. */
async function answerOf(lines: AsyncIterator<string>, { stdout }: Surroundings): Promise<Answer> {
  for (;;) {
    stdout.write('Change this? [y,n,a,d,q,?] ');
    const line = await lines.next();
    const word = line.done ? 'q' : line.value.trim().toLowerCase()[0];
    if (word === 'q') throw new UsageError('Stopped. Nothing was written.');
    if (word === 'y' || word === 'n' || word === 'a' || word === 'd') return word;
    stdout.write(HELP);
  }
}

function shown({ sites }: Choice, place: string, colors: Colors): string {
  const one = sites.length === 1 ? 'one place' : `${sites.length} places that only change together`;
  const blocks = sites.map((site) =>
    [
      colors.cyan(`${site.file}:${site.line}:${site.column}`) + `  ${site.pattern}`,
      ...printable(site.before)
        .split('\n')
        .map((line) => colors.red(`  - ${line}`)),
      ...(site.after
        ? printable(site.after)
            .split('\n')
            .map((line) => colors.green(`  + ${line}`))
        : []),
    ].join('\n'),
  );
  return `\n${colors.bold(`${place}  ${one}`)}\n${blocks.join('\n')}\n`;
}
