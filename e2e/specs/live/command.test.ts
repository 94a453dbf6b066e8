/** `PINGONE_MODE=live` on the command line: what is missing is said before anything starts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SERVE = join(import.meta.dirname, '../../../apps/sample/server/serve.mjs');
const SECRET = 'a-secret-of-somebody';

function serve(env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SERVE, '--port', '0'], {
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

test('without the variables it names those that are missing, and stops', () => {
  const { status, stdout, stderr } = serve({ PINGONE_MODE: 'live', PINGONE_CLIENT_SECRET: SECRET });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Expected worker credentials in PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_ID; not set.');
  expect(stderr).not.toContain(SECRET);
});

test('an unknown region is refused, and not guessed', () => {
  const { status, stderr } = serve({
    PINGONE_MODE: 'live',
    PINGONE_ENVIRONMENT_ID: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
    PINGONE_CLIENT_ID: 'client',
    PINGONE_CLIENT_SECRET: SECRET,
    PINGONE_REGION: 'Atlantis',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('PINGONE_REGION cannot be used');
  expect(stderr).not.toContain(SECRET);
});

test('a mode that does not exist is refused', () => {
  const { status, stderr } = serve({ PINGONE_MODE: 'production' });
  expect(status).toBe(2);
  expect(stderr).toContain('PINGONE_MODE is "simulator" or "live", not "production"');
});
