/** The transform with the real jscodeshift command. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildTransform } from '../scripts/build-delivery.js';
import { PACKAGE, PROFILE, PROFILE_AFTER } from './built-cli.js';
import { project, snapshot } from './project.js';

/** Inside the package, so that what it depends on is found. */
const BUILT = path.join(PACKAGE, 'node_modules/.cache/transform-test');
beforeAll(() => buildTransform(BUILT), 120_000);

function jscodeshift(root: string, ...args: string[]): string {
  const command = path.join(PACKAGE, 'node_modules/.bin/jscodeshift');
  const files = fs.readdirSync(root).filter((name) => /\.[jt]sx?$/.test(name));
  const words = ['--run-in-band', '-t', path.join(BUILT, 'transform.js'), ...args, ...files];
  return execFileSync(command, words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const SYNC = `function read(): string | null {
  return localStorage.getItem('worker_token');
}
export const header = () => ({ Authorization: \`Bearer \${read() ?? ''}\` });
`;

/** Its save can only be awaited in an async function; the one caller in the file would allow that. */
const SAVE = `export function save(credentials: { environmentId: string; clientId: string; clientSecret: string }): void {
  try {
    localStorage.setItem('worker_credentials', JSON.stringify(credentials));
  } catch (error) {
    report(error);
  }
}
export async function first(): Promise<void> {
  save({ environmentId: '', clientId: '', clientSecret: '' });
}
declare function report(error: unknown): void;
`;

const NEWS = `function show() {
  document.title = localStorage.getItem('worker_token') ? localStorage.getItem('worker_credentials') ? 'yes' : 'no' : 'no';
}
window.addEventListener('workerTokenUpdated', show);
export function signOut() {
  localStorage.removeItem('worker_credentials');
  window.dispatchEvent(new CustomEvent('workerTokenUpdated'));
}
`;

describe('jscodeshift -t transform.js', () => {
  it('changes the files that have a site, and no other', () => {
    const files = { 'a.ts': PROFILE, 'b.tsx': 'export const b = <p  >x</p>;\n' };
    const root = project(files);

    expect(jscodeshift(root, '--parser=tsx')).toMatch(/1 ok/);

    const after = snapshot(root);
    expect(after['a.ts']).toContain(PROFILE_AFTER);
    expect(after['a.ts']).toContain("import { workerTokenManager } from '@worker-token/manager';");
    expect(after['b.tsx']).toBe(files['b.tsx']);
    expect(Object.keys(after)).toEqual(['a.ts', 'b.tsx']);

    expect(jscodeshift(root, '--no-babel')).toMatch(/0 ok/);
    expect(snapshot(root)).toEqual(after);
  });

  it('takes keys and the module to import from', () => {
    const root = project({ 'a.ts': PROFILE.replace('worker_credentials', 'acme_worker') });

    jscodeshift(root, '--no-babel', '--key=acme_worker', '--importFrom=@/worker-token');

    expect(snapshot(root)['a.ts']).toContain("import { workerTokenManager } from '@/worker-token';");
  });

  it('never turns an exported function async, whose callers it does not see', () => {
    const root = project({ 'a.ts': SYNC, 'b.ts': SAVE });

    jscodeshift(root, '--no-babel');

    expect(snapshot(root)['a.ts']).not.toContain('async');
    expect(snapshot(root)['b.ts']).toBe(SAVE);
  });

  it('keeps the news of old events, whose other listeners it does not see', () => {
    const root = project({ 'a.js': NEWS });

    jscodeshift(root, '--no-babel');

    const after = snapshot(root)['a.js'];
    expect(after).toContain('workerTokenManager.subscribe(show)');
    expect(after).toContain("window.dispatchEvent(new CustomEvent('workerTokenUpdated'));");
  });
});
