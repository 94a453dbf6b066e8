/** The table of options: what parsing accepts and what `--help` prints, so that they cannot differ. */
import { presetNames } from '../options/config.js';

export interface OptionSpec {
  /** Placeholder of its value; without one it is a switch. */
  value?: string;
  short?: string;
  repeatable?: boolean;
  help: string;
}

export const OPTIONS: Readonly<Record<string, OptionSpec>> = {
  'dry-run': { help: 'write nothing; print a diff and the summary' },
  check: { help: 'write nothing; exit 1 if there is a site (for CI)' },
  report: { value: 'FILE', repeatable: true, help: 'write a report: .json, .sarif or .html, by extension; repeatable' },
  config: { value: 'FILE', help: 'default: worker-token.config.{ts,js,json} upwards from the path' },
  tsconfig: { value: 'FILE', help: 'default: the nearest one of each file' },
  key: { value: 'KEY', repeatable: true, help: 'a further storage key of worker credentials; repeatable' },
  'token-key': { value: 'KEY', repeatable: true, help: 'a further storage key of a worker token; repeatable' },
  endpoint: { value: 'URL', repeatable: true, help: 'a further token endpoint or proxy path; repeatable' },
  preset: { value: 'NAME', repeatable: true, help: `a named set of keys: ${presetNames().join(', ')}` },
  'import-from': { value: 'MODULE', help: 'where workerTokenManager is imported from' },
  gate: { value: 'render|entry', help: 'where the start gate goes; default: render' },
  react: { value: 'hooks|peek', help: 'what state initialisers become; default: hooks' },
  'no-install-dep': { help: 'leave package.json alone' },
  'no-verify': { help: 'skip the type check' },
  force: { help: 'also with uncommitted changes, or outside of git' },
  help: { short: 'h', help: 'print this' },
  version: { short: 'v', help: 'print the version' },
};

/** Words that other codemods and the plan of this one know, so that the answer is better than "unknown". */
export const NOT_OFFERED: Readonly<Record<string, string>> = {
  interactive: 'Run --dry-run first, then the files you want: migrate-worker-token src/one-file.tsx',
  undo: 'Use git: git checkout -- <files>',
  mark: 'Sites that are left are in the summary and in --report FILE.html',
  'best-effort': 'A component with an open boundary is left whole and reported',
  concurrency: 'Leave it out: one process does it',
};
