// Loaded before a program: kills it with SIGKILL at its n-th call (KILL_AT) that changes the disk; a write is killed half way.
// Without KILL_AT it says at the end how many such calls there were.
import fs from 'node:fs';

const target = Number(process.env.KILL_AT ?? Infinity);
let calls = 0;

function die() {
  process.kill(process.pid, 'SIGKILL');
  for (;;); // until the signal arrives
}

function guard(name, half) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (++calls === target) {
      half?.(original, args);
      die();
    }
    return original(...args);
  };
}

guard('openSync');
guard('writeFileSync', (write, [file, text, ...rest]) => write(file, text.slice(0, text.length / 2), ...rest));
for (const name of ['renameSync', 'rmSync', 'mkdirSync', 'fchmodSync', 'fsyncSync', 'rmdirSync']) guard(name);

process.on('exit', () => {
  if (target === Infinity && process.env.COUNT_CALLS) process.stderr.write(`calls: ${calls}\n`);
});
