// Finds the programs that tests need, Chromium and redis-server, or gets them on Debian and Ubuntu: with apt-get as root
// (or password-less sudo), else by unpacking the .deb files into .cache/sysroot. SKIP_SYSTEM_DEPS=1 gets nothing. Under
// CI a missing program is an error, else its tests are left out with a clear line.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, env, fail, say } from './shell.mjs';

const sysroot = join(cache, 'sysroot');

/** `variable` names the program to the tests, and lets a user point to one of their own. */
const PROGRAMS = [
  {
    title: 'Chromium',
    debian: 'chromium',
    unpacked: 'usr/lib/chromium/chromium',
    variable: 'CHROMIUM_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    places: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  },
  {
    title: 'redis-server',
    debian: 'redis-server',
    unpacked: 'usr/bin/redis-server',
    variable: 'REDIS_SERVER',
    commands: ['redis-server', 'valkey-server'],
    places: [],
  },
];

const onPath = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout?.trim();
const quietly = { stdio: ['ignore', 'ignore', 'inherit'] };

function find({ variable, debian, commands, places }) {
  const candidates = [process.env[variable], ...commands.map(onPath), ...places, join(sysroot, debian)];
  return candidates.find((place) => place && existsSync(place));
}

function aptInstall(prefix, names) {
  // RUNLEVEL=1: Debian starts redis-server as a service where it may
  const variables = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];
  const [command, ...before] = [...prefix, ...variables, 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=120'];
  const apt = (...args) => spawnSync(command, [...before, ...args], quietly).status;
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...names);
}

/** Starts an unpacked program with the libraries and fonts that were unpacked beside it. */
function wrap({ debian, unpacked }) {
  const libraries = ['x86_64', 'aarch64']
    .flatMap((cpu) => [`usr/lib/${cpu}-linux-gnu`, `lib/${cpu}-linux-gnu`])
    .map((folder) => join(sysroot, folder));
  const wrapper = join(sysroot, debian);
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexport LD_LIBRARY_PATH="${libraries.join(':')}" FONTCONFIG_FILE="${sysroot}/fonts.conf"\nexec "${join(sysroot, unpacked)}" "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
}

/** Without root: the packages are downloaded and unpacked beside the project. */
function unpack(programs) {
  const debs = join(cache, 'debs');
  rmSync(debs, { recursive: true, force: true });
  for (const folder of [debs, sysroot]) mkdirSync(folder, { recursive: true });
  const wanted = programs.map(({ debian }) => debian);
  const plan = spawnSync('apt-get', ['install', '-s', '--no-install-recommends', ...wanted], { encoding: 'utf8' });
  const names = [...(plan.stdout ?? '').matchAll(/^Inst (\S+)/gm)].map((match) => match[1]);
  if (names.length === 0 || spawnSync('apt-get', ['-qq', 'download', ...names], { cwd: debs, ...quietly }).status !== 0)
    return;
  for (const deb of readdirSync(debs)) spawnSync('dpkg-deb', ['-x', join(debs, deb), sysroot]);
  rmSync(debs, { recursive: true, force: true });
  writeFileSync(
    join(sysroot, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${sysroot}/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${cache}/fontcache</cachedir></fontconfig>\n`,
  );
  for (const program of programs) wrap(program);
}

function get(programs) {
  const titles = programs.map(({ title }) => title).join(' and ');
  const prefix = process.getuid() === 0 ? [] : spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
  say(prefix ? `Installing ${titles} with apt-get` : `Not root: unpacking ${titles} into .cache/sysroot`);
  const names = programs.map(({ debian }) => debian);
  if (prefix) aptInstall(prefix, names);
  else unpack(programs);
}

function announce(program) {
  const { title, debian, variable } = program;
  const found = find(program);
  if (found) {
    env[variable] = found;
    say(`${title}: ${found}`);
    return;
  }
  const message = `${title} was not found (Debian and Ubuntu: sudo apt-get install -y ${debian}; elsewhere set ${variable}).`;
  delete env[variable];
  if (process.env.CI) fail(message);
  console.warn(`⚠ ${message}\n⚠ The tests that need it are left out.`);
}

/** Sets CHROMIUM_PATH and REDIS_SERVER for the children, where the programs are there or can be got. */
export function ensurePrograms() {
  const missing = PROGRAMS.filter((program) => !find(program));
  const canGet = !process.env.SKIP_SYSTEM_DEPS && process.platform === 'linux' && onPath('apt-get');
  if (missing.length > 0 && canGet) get(missing);
  for (const program of PROGRAMS) announce(program);
}
