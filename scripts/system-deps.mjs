// Finds Chromium, or gets it on Debian and Ubuntu: with apt-get as root (or password-less sudo), else by unpacking the
// .deb files into .cache/sysroot. SKIP_SYSTEM_DEPS=1 gets nothing. Under CI a missing program is an error, else its tests
// are left out with a clear line.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, env, fail, say } from './shell.mjs';

const sysroot = join(cache, 'sysroot');
const chromiumPlaces = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  join(sysroot, 'chromium'),
];
const findChromium = () => chromiumPlaces.find((place) => place && existsSync(place));
const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const quietly = { stdio: ['ignore', 'ignore', 'inherit'] };

function aptInstall(prefix) {
  const [command, ...before] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-qq',
    '-o',
    'DPkg::Lock::Timeout=120',
  ];
  const apt = (...args) => spawnSync(command, [...before, ...args], quietly).status;
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium');
}

/** Without root: the packages are downloaded and unpacked beside the project; a wrapper finds their libraries. */
function unpack() {
  const debs = join(cache, 'debs');
  rmSync(debs, { recursive: true, force: true });
  for (const folder of [debs, sysroot]) mkdirSync(folder, { recursive: true });
  const plan = spawnSync('apt-get', ['install', '-s', '--no-install-recommends', 'chromium'], { encoding: 'utf8' });
  const names = [...(plan.stdout ?? '').matchAll(/^Inst (\S+)/gm)].map((match) => match[1]);
  if (names.length === 0 || spawnSync('apt-get', ['-qq', 'download', ...names], { cwd: debs, ...quietly }).status !== 0)
    return;
  for (const deb of readdirSync(debs)) spawnSync('dpkg-deb', ['-x', join(debs, deb), sysroot]);
  rmSync(debs, { recursive: true, force: true });
  writeFileSync(
    join(sysroot, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${sysroot}/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${cache}/fontcache</cachedir></fontconfig>\n`,
  );
  const libraries = ['x86_64', 'aarch64']
    .flatMap((cpu) => [`usr/lib/${cpu}-linux-gnu`, `lib/${cpu}-linux-gnu`])
    .map((folder) => join(sysroot, folder));
  const wrapper = join(sysroot, 'chromium');
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexport LD_LIBRARY_PATH="${libraries.join(':')}" FONTCONFIG_FILE="${sysroot}/fonts.conf"\nexec "${sysroot}/usr/lib/chromium/chromium" "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
}

/** Sets CHROMIUM_PATH for the children. Returns whether there is a browser. */
export function ensureChromium() {
  if (!findChromium() && !process.env.SKIP_SYSTEM_DEPS && process.platform === 'linux' && has('apt-get')) {
    const prefix = process.getuid() === 0 ? [] : spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
    say(prefix ? 'Installing Chromium with apt-get' : 'Not root: unpacking Chromium into .cache/sysroot');
    if (prefix) aptInstall(prefix);
    else unpack();
  }
  const found = findChromium();
  if (found) {
    env.CHROMIUM_PATH = found;
    say(`Chromium: ${found}`);
    return true;
  }
  const message =
    'Chromium was not found (Debian and Ubuntu: sudo apt-get install -y chromium; elsewhere set CHROMIUM_PATH).';
  if (process.env.CI) fail(message);
  console.warn(`⚠ ${message}\n⚠ The browser tests are left out.`);
  return false;
}
