/** Understands the words of the command line. Whether files exist and values fit is checked later, in options/. */
import { parseArgs } from 'node:util';
import { UsageError } from '../errors.js';
import { nearest } from '../options/did-you-mean.js';
import type { RawOptions } from '../options/options.js';
import { CALLED_OTHERWISE, OPTIONS, WITH_UNDO } from './options.js';

export interface CommandLine extends RawOptions {
  help: boolean;
  version: boolean;
  interactive: boolean;
  undo: boolean;
  reports: string[];
}

/** The word after which `npx codemod migrate-worker-token` is our command. */
const NAME = 'migrate-worker-token';

/** @throws UsageError for an option that is unknown, lacks its value, or does not go with another. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const args = argv[0] === NAME ? argv.slice(1) : [...argv];
  const { tokens, positionals } = parseArgs({
    args,
    options: parserTable(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const value = checkedValue(token.name, token.rawName, token.value, token.inlineValue === true);
    values.set(token.name, [...(values.get(token.name) ?? []), value]);
  }
  assertTogether([...values.keys()]);
  const has = (name: string) => values.has(name);
  const list = (name: string) => values.get(name) ?? [];
  const single = (name: string) => onlyOne(name, list(name));
  return {
    paths: positionals,
    help: has('help'),
    version: has('version'),
    dryRun: has('dry-run'),
    check: has('check'),
    force: has('force'),
    interactive: has('interactive'),
    undo: has('undo'),
    mark: has('mark'),
    bestEffort: has('best-effort'),
    verify: !has('no-verify'),
    installDep: !has('no-install-dep'),
    reports: list('report'),
    presets: list('preset'),
    keys: list('key'),
    tokenKeys: list('token-key'),
    endpoints: list('endpoint'),
    ...single('config'),
    ...single('tsconfig'),
    ...renamed('importFrom', single('import-from')['import-from']),
    ...single('gate'),
    ...single('react'),
    ...single('concurrency'),
  };
}

function parserTable() {
  const entries = Object.entries(OPTIONS).map(([name, { value, short }]) => {
    const type: 'string' | 'boolean' = value ? 'string' : 'boolean';
    return [name, { type, multiple: true, ...(short && { short }) }] as const;
  });
  return Object.fromEntries(entries);
}

function checkedValue(name: string, raw: string, value: string | undefined, inline: boolean): string {
  const spec = OPTIONS[name];
  if (!spec) throw unknownOption(name, raw);
  if (!spec.value) {
    if (inline) throw new UsageError(`${raw} takes no value, but got "${value ?? ''}".`);
    return '';
  }
  if (value === undefined || value === '' || (!inline && value.startsWith('-'))) {
    const got = value ? `, but "${value}" follows` : '';
    throw new UsageError(`${raw} needs a value${got}: ${raw} ${spec.value}`);
  }
  return value;
}

function unknownOption(name: string, raw: string): UsageError {
  const instead = CALLED_OTHERWISE[name];
  if (instead) return new UsageError(`${raw} is no option. Here it is --${instead}.`);
  const meant = nearest(name, Object.keys(OPTIONS));
  return new UsageError(`${raw} is no option. ${meant ? `Did you mean --${meant}?` : 'All options: --help'}`);
}

function assertTogether(names: readonly string[]): void {
  const stranger = names.includes('undo') && names.find((name) => !WITH_UNDO.includes(name));
  if (stranger) throw new UsageError(`--undo is a run of its own and does not go with --${stranger}.`);
  for (const name of names) {
    const other = OPTIONS[name]?.excludes?.find((excluded) => names.includes(excluded));
    if (other) throw new UsageError(`--${name} and --${other} do not go together: leave one out.`);
  }
}

function onlyOne(name: string, values: string[]): Record<string, string> {
  const [value, second] = values;
  if (second !== undefined) throw new UsageError(`--${name} is given twice: "${value ?? ''}" and "${second}".`);
  return value === undefined ? {} : { [name]: value };
}

function renamed(name: 'importFrom', value: string | undefined): { importFrom?: string } {
  return value === undefined ? {} : { [name]: value };
}
