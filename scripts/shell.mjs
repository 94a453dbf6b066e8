// Runs commands for the two entry commands: says what it does, how long it took, and fails with one clear line.
// Knows nothing of what the commands are for.
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const cache = join(root, '.cache');

/** Environment of every child: no telemetry, and absolute bin folders first on PATH (turbo starts `pnpm` from PATH). */
export const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };

const timings = [];
const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

export function prependPath(...folders) {
  env.PATH = [...folders, env.PATH ?? process.env.PATH].join(delimiter);
}

export function say(text) {
  console.log(`\n▸ ${text}`);
}

export function fail(message) {
  console.error(`\n✖ ${message}`);
  process.exit(1);
}

/** Runs to the end and returns the exit code. */
export function run(title, command, args, options = {}) {
  say(title);
  const since = Date.now();
  const result = spawnSync(command, args, { stdio: 'inherit', cwd: root, env, ...options });
  timings.push([title, seconds(since)]);
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

/** Runs to the end; anything but 0 ends everything with `hint`. */
export function must(title, command, args, { hint, ...options } = {}) {
  const code = run(title, command, args, options);
  if (code !== 0) fail(`${title}: exited with ${code}.${hint ? ` ${hint}` : ''}`);
}

export function quiet(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', cwd: root, env, ...options });
  return { code: result.status ?? 1, out: result.stdout ?? '', err: result.stderr ?? String(result.error ?? '') };
}

/** Starts a server and stays with it: signals are passed on, and it ends when whoever started us is gone. */
export function stayWith(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', cwd: root, env, ...options });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm runs scripts through `sh -c`, and not every shell passes a signal on
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500).unref();
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 0 : 1)));
}

export function printTimings() {
  console.log('');
  for (const [title, time] of timings) console.log(`${time.padStart(7)} s  ${title}`);
}
