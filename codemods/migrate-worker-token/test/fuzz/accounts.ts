/** What must hold of every migrated program. Each check names what is wrong, with the place. */
import { diffLines } from 'diff';
import ts from 'typescript';
import type { Report } from '../../src/types.js';
import type { Migrated } from './migrated.js';
import type { ProgramFile } from './program.js';

type Site = Report['sites'][number];

const LEGACY =
  /(['"`])(worker_credentials|worker_token|worker_token_expires_at)\1|\/api\/client-credentials['"`]|\/as\/token['"`]/;
const NEAR = 3;
/** A loop's keys may stand a line each above the use that is listed. */
const NEAR_LOOP = 6;

/** Empty where everything holds. */
export function faultsOf({ program, report, after, secondRun }: Migrated): string[] {
  const faults = [
    ...secondRun.map((file) => `${file}: changed by a second run`),
    ...report.sites
      .filter((site) => site.status !== 'migrated' && !site.reason)
      .map((site) => `${site.file}:${site.line}: no reason`),
    ...program.files.flatMap((file) => {
      const text = after.get(file.path);
      if (text === undefined) return [`${file.path}: is gone`];
      const sites = report.sites.filter((site) => site.file === file.path);
      return faultsOfFile(file, text, sites).map((fault) => `${file.path}: ${fault}`);
    }),
  ];
  return faults.map((fault) => `${program.seed}: ${fault}`);
}

function faultsOfFile(file: ProgramFile, after: string, sites: readonly Site[]): string[] {
  return [
    ...doesNotParse(file.path, after),
    ...unaccounted(file, sites),
    ...leftSilently(file, after, sites),
    ...bystandersChanged(file, after),
    ...lineEndsChanged(file, after),
    ...noise(file, after, sites),
  ];
}

function doesNotParse(path: string, text: string): string[] {
  if (path.endsWith('.json')) return [];
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    fileName: path,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve },
  });
  return diagnostics.map((found) => `does not parse: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`);
}

/** Every operation has a site on its line. */
function unaccounted(file: ProgramFile, sites: readonly Site[]): string[] {
  return file.operations
    .filter(({ line }) => !sites.some((site) => site.line === line))
    .map(({ what, line, column }) => `${line}:${column} ${what} has no site`);
}

/** What is still there of the old names is near a site that says so. */
function leftSilently(file: ProgramFile, after: string, sites: readonly Site[]): string[] {
  const left = sites.filter((site) => site.status !== 'migrated');
  if (file.path.endsWith('.json') || /\/keys\.\w+$/.test(file.path)) return [];
  const origins = originsOf(file.text, after);
  return after.split(/\r?\n/).flatMap((line, index) => {
    if (!LEGACY.test(line) || /^\s*(export )?const KEY_|storageKey =/.test(line)) return [];
    if (file.bystanders.some((bystander) => bystander.includes(line.trim()))) return [];
    const [first, last] = origins[index]!;
    const isListed = left.some((site) => site.line >= first - NEAR && site.line <= last + NEAR_LOOP);
    return isListed ? [] : [`${index + 1} is left silently: ${line.trim()}`];
  });
}

/** Of each line after, the lines before that it may come from. */
function originsOf(before: string, after: string): [first: number, last: number][] {
  const origins: [number, number][] = [];
  let line = 1;
  let gone = 0;
  for (const part of diffLines(before, after)) {
    const count = part.count ?? 0;
    if (part.removed) gone = count;
    else if (part.added) for (let index = 0; index < count; index++) origins.push([line, line + Math.max(gone, 1) - 1]);
    else {
      line += gone;
      gone = 0;
      for (let index = 0; index < count; index++, line++) origins.push([line, line]);
    }
  }
  return [...origins, [line, line]];
}

function bystandersChanged(file: ProgramFile, after: string): string[] {
  return file.bystanders.filter((text) => !after.includes(text)).map((text) => `changed somebody else's code: ${text}`);
}

function lineEndsChanged(file: ProgramFile, after: string): string[] {
  const isWindows = file.text.includes('\r\n');
  const wrong = isWindows ? /(?<!\r)\n/.test(after) : after.includes('\r');
  const hasBom = (text: string) => text.startsWith('\uFEFF');
  return [
    ...(wrong ? ['line ends changed'] : []),
    ...(hasBom(file.text) === hasBom(after) ? [] : ['the byte order mark changed']),
  ];
}

/** Outside of edited statements: a line that is gone while another stands for it that says the same. */
function noise(file: ProgramFile, after: string, sites: readonly Site[]): string[] {
  const [before, now] = [file.text, after].map((text) => text.replace(/^\uFEFF/, '').split('\n')) as [
    string[],
    string[],
  ];
  const imports = importLines(before);
  const isEdited = (line: number) =>
    imports.has(line) || sites.some((site) => line > site.line && line <= site.line + NEAR);
  const left = new Set(now);
  const gone = before.filter((line, index) => !left.has(line) && !isEdited(index + 1)).map(essence);
  const had = new Set(before);
  return now
    .filter((line) => !had.has(line) && essence(line).length > 8 && gone.includes(essence(line)))
    .map((line) => `formatting noise: ${line.trim()}`);
}

/** Lines inside an import statement of several: with a name gone, the comma after the last one goes. */
function importLines(lines: readonly string[]): Set<number> {
  const inside = new Set<number>();
  let isOpen = false;
  lines.forEach((line, index) => {
    if (/^\s*import\b[^'"]*$/.test(line)) isOpen = true;
    if (isOpen) inside.add(index + 1);
    if (/\bfrom\b|['"]/.test(line)) isOpen = false;
  });
  return inside;
}

const essence = (line: string): string => line.replaceAll(/\/\*.*?\*\/|\s\/\/.*$/g, '').replaceAll(/[\s;,'"()]/g, '');
