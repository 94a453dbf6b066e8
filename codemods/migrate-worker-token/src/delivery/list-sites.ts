/** Runs inside the Codemod command: lists the lines with a name of ours. It changes nothing, and knows no more than the names. */
import { defaultSignals, isIgnoredPath, mayHaveSite } from '@worker-token/legacy-signals';

/** What the Codemod command hands over of a file. */
interface Root {
  filename(): string;
  root(): { text(): string };
}

const signals = defaultSignals();

/** @returns Null: the file stays as it is. */
export default async function listSites(root: Root): Promise<null> {
  const text = root.root().text();
  const file = root.filename();
  if (isIgnoredPath(file) || !mayHaveSite(text, signals)) return null;
  for (const [i, line] of text.split('\n').entries()) {
    if (mayHaveSite(line, signals)) console.log(`${file}:${i + 1}: ${line.trim().slice(0, 120)}`);
  }
  return null;
}
