/** Killed with SIGKILL: every file is whole, and `--undo` gives back the tree byte for byte. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'tsup';
import { beforeAll, describe, expect, it } from 'vitest';
import { NothingToUndoError } from '../src/errors.js';
import type { FileChange } from '../src/types.js';
import { undo } from '../src/write/undo.js';
import { writeChanges } from '../src/write/write.js';
import { APP, buildCli, committed, PACKAGE, plainEnv, PROFILE } from './built-cli.js';
import { project, snapshot } from './project.js';

const FULL = process.env['TEST_FULL'] === '1';
/** In the full run every step is tried. */
const STEP = FULL ? 1 : 5;
const KILLER = pathToFileURL(path.join(import.meta.dirname, 'kill-at.mjs')).href;
const DRIVER_FOLDER = path.join(PACKAGE, 'node_modules/.cache/write-driver');

/** Random numbers that are the same in every run. */
function* seeded(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function undoIfAny(root: string): void {
  try {
    undo(root);
  } catch (error) {
    expect(error).toBeInstanceOf(NothingToUndoError);
  }
}

/** Every file in the tree is the old or the new one; what is on its way has a name of its own. */
function expectWhole(root: string, before: Record<string, string>, after: Record<string, string>): void {
  for (const [name, text] of Object.entries(snapshot(root))) {
    if (/\.tmp$|migrate-worker-token\.json/.test(name)) continue;
    expect([before[name], after[name]], name).toContain(text);
  }
  for (const name of Object.keys(before)) expect(fs.existsSync(path.join(root, name)), name).toBe(true);
}

describe('the writing, killed at every one of its steps', () => {
  const FILES = { 'a.ts': 'old a\n', 'deep/b.ts': 'old b\n', 'c.ts': 'stays\n' };
  const AFTER = { ...FILES, 'a.ts': 'new a\n', 'deep/b.ts': 'new b\n', 'made/inside/d.ts': 'made\n' };

  beforeAll(async () => {
    const entry = [path.join(import.meta.dirname, 'write-driver.ts')];
    await build({
      config: false,
      silent: true,
      entry,
      outDir: DRIVER_FOLDER,
      format: ['esm'],
      target: 'node20',
      clean: true,
    });
  }, 120_000);

  function drive(args: string[], env: NodeJS.ProcessEnv) {
    const driver = path.join(DRIVER_FOLDER, 'write-driver.js');
    const command = ['--import', KILLER, driver, ...args];
    return spawnSync(process.execPath, command, { encoding: 'utf8', env: { ...process.env, ...env } });
  }

  /** A tree, and the file that says what is to be written. */
  function prepared(): { root: string; changes: string } {
    const root = project(FILES);
    const list = Object.entries(AFTER).flatMap(([name, after]): FileChange[] => {
      const before = FILES[name as keyof typeof FILES] ?? null;
      return before === after ? [] : [{ path: path.join(root, name), before, after, components: [] }];
    });
    const changes = path.join(project({ 'changes.json': JSON.stringify(list) }), 'changes.json');
    return { root, changes };
  }

  const callsOf = (result: { stderr: string }) => Number(/calls: (\d+)/.exec(result.stderr)?.[1]);

  it('leaves every file whole; undo gives back the tree', () => {
    const whole = prepared();
    const calls = callsOf(drive(['write', whole.root, whole.changes], { COUNT_CALLS: '1' }));
    expect(calls).toBeGreaterThan(20);
    expect(snapshot(whole.root)).toMatchObject(AFTER);

    for (let at = 1; at <= calls; at += STEP) {
      const { root, changes } = prepared();
      expect(drive(['write', root, changes], { KILL_AT: String(at) }).signal).toBe('SIGKILL');
      expectWhole(root, FILES, AFTER);
      undoIfAny(root);
      expect(snapshot(root), `killed at step ${at}`).toEqual(FILES);
      expect(fs.readdirSync(root).sort()).toEqual(['a.ts', 'c.ts', 'deep']);
    }
  });

  it('undo, killed at every step as well, is done by the next undo', () => {
    const migrated = () => {
      const { root, changes } = prepared();
      writeChanges(JSON.parse(fs.readFileSync(changes, 'utf8')) as FileChange[], root);
      return root;
    };
    const calls = callsOf(drive(['undo', migrated()], { COUNT_CALLS: '1' }));
    expect(calls).toBeGreaterThan(8);

    for (let at = 1; at <= calls; at += STEP) {
      const root = migrated();
      expect(drive(['undo', root], { KILL_AT: String(at) }).signal).toBe('SIGKILL');
      expectWhole(root, FILES, AFTER);
      undoIfAny(root);
      expect(snapshot(root), `killed at step ${at}`).toEqual(FILES);
    }
  });

  it('a run after a killed one goes on, and undo takes back both', () => {
    const calls = callsOf(drive(['write', ...Object.values(prepared())], { COUNT_CALLS: '1' }));
    for (let at = Math.round(calls / 2); at <= calls; at += STEP) {
      const { root, changes } = prepared();
      drive(['write', root, changes], { KILL_AT: String(at) });
      const rest = (JSON.parse(fs.readFileSync(changes, 'utf8')) as FileChange[]).filter(
        ({ path: file, after }) => !fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== after,
      );
      writeChanges(rest, root);
      expect(snapshot(root)).toMatchObject(AFTER);
      undoIfAny(root);
      expect(snapshot(root), `killed at step ${at}`).toEqual(FILES);
    }
  });
});

describe('the command, killed at any moment', () => {
  const MANY = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`src/page-${i}.ts`, PROFILE.replace('environment', `environment${i}`)]),
  );
  const FILES = { ...APP, ...MANY };
  let command: string;
  beforeAll(async () => void (command = await buildCli('killed-test')), 120_000);

  interface Undisturbed {
    after: Record<string, string>;
    durationMs: number;
    calls: number;
  }
  let known: Undisturbed | undefined;

  /** What a run does that nobody kills. */
  function undisturbed(): Undisturbed {
    if (known) return known;
    const root = committed(FILES);
    const start = Date.now();
    const env = plainEnv({ COUNT_CALLS: '1' });
    const args = ['--import', KILLER, command, '--no-verify'];
    const { stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
    const after = snapshot(root);
    expect(Object.keys(after)).toHaveLength(Object.keys(FILES).length + 1);
    return (known = { after, durationMs: Date.now() - start, calls: Number(/calls: (\d+)/.exec(stderr)?.[1]) });
  }

  const undoByCommand = (root: string) =>
    spawnSync(process.execPath, [command, '--undo'], { cwd: root, encoding: 'utf8', env: plainEnv() });

  function expectRestored(root: string): void {
    expectWhole(root, FILES, undisturbed().after);
    fs.writeFileSync(path.join(root, 'src/other.ts'), 'edited later\n');
    undoByCommand(root);
    expect(snapshot(root)).toEqual({ ...FILES, 'src/other.ts': 'edited later\n' });
  }

  const random = seeded(20261125);

  it.each(Array.from({ length: FULL ? 50 : 2 }, () => random.next().value))('at %d of its time', async (share) => {
    const { durationMs } = undisturbed();
    const root = committed(FILES);
    const child = spawn(process.execPath, [command, '--no-verify'], { cwd: root, env: plainEnv(), stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), share * durationMs);
    await new Promise((resolve) => child.on('close', resolve));
    clearTimeout(timer);
    expectRestored(root);
  });

  it.each(Array.from({ length: FULL ? 50 : 2 }, () => random.next().value))('at %d of its writes', (share) => {
    const { calls } = undisturbed();
    const root = committed(FILES);
    const env = plainEnv({ KILL_AT: String(1 + Math.floor(share * calls)) });
    const args = ['--import', KILLER, command, '--no-verify'];
    expect(spawnSync(process.execPath, args, { cwd: root, env }).signal).toBe('SIGKILL');
    expectRestored(root);
  });
});
