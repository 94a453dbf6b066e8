// What the codemod's measurements share: a command with its time and memory, and the section of docs/benchmarks.md.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(
  new URL('../codemods/migrate-worker-token/bin/migrate-worker-token.js', import.meta.url),
);
export const where = () =>
  `Node ${process.version}, ${cpus()[0]?.model.trim()} × ${cpus().length}, shared with other work`;
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
export const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
export const table = (head, rows) =>
  [head, head.map((_, index) => (index ? '---:' : '---')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Tells memory and processor time as it leaves, whatever the command is. */
const LAST_WORDS = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env.MEASURED, JSON.stringify({ peakMb: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
});`,
)}`;

/** One command of Node's, start-up included. */
export async function measure(args, cwd) {
  const folder = mkdtempSync(join(tmpdir(), 'worker-token-measure-'));
  const told = join(folder, 'usage.json');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', LAST_WORDS, ...args], {
    cwd,
    env: { ...process.env, MEASURED: told },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let problems = '';
  child.stderr.on('data', (text) => (problems += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const ms = performance.now() - started;
  try {
    return { ms, code, problems, ...JSON.parse(readFileSync(told, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The codemod on a folder. It writes nothing there. @returns the measurement, with the report. */
export async function codemod(folder, options = []) {
  const home = mkdtempSync(join(tmpdir(), 'worker-token-report-'));
  const file = join(home, 'report.json');
  try {
    const run = await measure([BIN, '--dry-run', '--report', file, ...options], folder);
    if (run.code > 1) throw new Error(`The codemod ended with ${run.code}: ${run.problems}`);
    return { ...run, report: JSON.parse(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Replaces a section of docs/benchmarks.md, or adds it. */
export function writeSection(title, text) {
  const page = new URL('../docs/benchmarks.md', import.meta.url);
  const old = readFileSync(page, 'utf8');
  const [start, end] = [`## ${title}`, `<!-- end of ${title.toLowerCase()} -->`];
  const section = `${start}\n\n${text}\n\n${end}`;
  const from = old.indexOf(`${start}\n`);
  const to = old.indexOf(end);
  writeFileSync(
    page,
    from < 0 ? `${old.trimEnd()}\n\n${section}\n` : old.slice(0, from) + section + old.slice(to + end.length),
  );
}
