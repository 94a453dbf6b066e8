/** The table of options: what parsing accepts and what `--help` prints, so that they cannot differ. */
export type OptionGroup = 'run' | 'find' | 'rewrite' | 'check' | 'output';

export interface OptionSpec {
  group: OptionGroup;
  /** Placeholder of its value; without one it is a switch. */
  value?: string;
  short?: string;
  help: string;
  /** Options that make no sense together with it. */
  excludes?: readonly string[];
}

/** Headings of `--help`, in this order. */
export const GROUPS: Readonly<Record<OptionGroup, string>> = {
  run: 'How to run it',
  output: 'What it prints and writes besides',
  find: 'What it looks for (defaults: the names that PingOne sample code uses)',
  rewrite: 'What the code becomes',
  check: 'How the result is checked',
};

export const OPTIONS: Readonly<Record<string, OptionSpec>> = {
  'dry-run': { group: 'run', help: 'write nothing; print a diff and the summary' },
  check: { group: 'run', help: 'write nothing; exit 1 if there is a site (for CI)', excludes: ['dry-run'] },
  interactive: { group: 'run', help: 'ask before each change, on a terminal', excludes: ['dry-run', 'check'] },
  undo: { group: 'run', help: 'put back what the last run changed; with --dry-run: only say what' },
  force: { group: 'run', help: 'also with uncommitted changes, or outside of git' },
  report: {
    ...{ group: 'output', value: 'FILE' },
    help: 'write a report: .html to read, .json for programs, .sarif for code scanning; repeatable',
  },
  help: { group: 'output', short: 'h', help: 'print this' },
  version: { group: 'output', short: 'v', help: 'print the version' },
  key: { group: 'find', value: 'KEY', help: 'a further storage key of worker credentials; repeatable' },
  'token-key': { group: 'find', value: 'KEY', help: 'a further storage key of a worker token; repeatable' },
  endpoint: { group: 'find', value: 'URL', help: 'a further token endpoint or proxy path; repeatable' },
  preset: { group: 'find', value: 'NAME', help: 'a named set of these, listed below; repeatable' },
  config: { group: 'find', value: 'FILE', help: 'default: worker-token.config.{ts,js,json} upwards from the path' },
  'import-from': { group: 'rewrite', value: 'MODULE', help: 'where workerTokenManager is imported from' },
  gate: {
    ...{ group: 'rewrite', value: 'render|entry' },
    help: 'what waits for stored values at the start; default: render',
  },
  react: { group: 'rewrite', value: 'hooks|peek', help: 'what state initialisers become; default: hooks' },
  mark: { group: 'rewrite', help: 'leave a comment TODO(worker-token) at each site that is left' },
  'best-effort': {
    ...{ group: 'rewrite', excludes: ['no-verify'] },
    help: 'keep changes that need finishing by hand, with a comment where',
  },
  'no-install-dep': { group: 'rewrite', help: 'leave package.json alone' },
  tsconfig: { group: 'check', value: 'FILE', help: 'default: the nearest one of each file' },
  'no-verify': { group: 'check', help: 'skip the type check' },
  concurrency: { group: 'check', value: 'N', help: 'how many projects are checked at once; default: 1' },
};

/** The options that say something together with `--undo`. */
export const WITH_UNDO: readonly string[] = ['undo', 'dry-run'];

/** Words of other codemods, and what does the same here. */
export const CALLED_OTHERWISE: Readonly<Record<string, string>> = {
  dry: 'dry-run',
  print: 'dry-run',
  diff: 'dry-run',
  yes: 'force',
  'allow-dirty': 'force',
  ci: 'check',
  json: 'report FILE.json',
  verbose: 'report FILE.html',
  todo: 'mark',
  'insert-todos': 'mark',
  'best-effort-mode': 'best-effort',
  revert: 'undo',
  cpus: 'concurrency N',
  ignore: 'force, with the paths to migrate instead',
};
