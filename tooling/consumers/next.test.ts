// A Next.js app on the released packages: built and served. A long run (`TEST_FULL=1`): its compiler alone is larger than all else here.
import { afterAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../../e2e/src/browser.js';
import { installedProject, type Project, type Started } from './project.js';

const { npmrc } = inject('released');
const environmentId = '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e';
const ending: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ending.reverse()) await end();
});

async function started(process: Promise<Started>): Promise<string> {
  const { firstLine, stop } = await process;
  ending.push(stop);
  return firstLine;
}

async function serve(app: Project): Promise<string> {
  const line = await started(app.start('pingone-simulator', ['--port', '0']));
  const simulator = /http:\/\/\S+/.exec(line)?.[0] ?? '';
  const port = String(20_000 + (process.pid % 20_000));
  await started(
    app.start('next', ['start', '--hostname', '127.0.0.1', '--port', port], {
      PINGONE_ENVIRONMENT_ID: environmentId,
      PINGONE_CLIENT_ID: 'a7e3c9d2-5b14-4f68-8e0a-9c1b2d3e4f50',
      PINGONE_CLIENT_SECRET: 'demo-worker-secret-not-real',
      PINGONE_TOKEN_ENDPOINT: `${simulator}/auth/na/${environmentId}/as/token`,
    }),
  );
  return `http://127.0.0.1:${port}`;
}

describe('a Next.js app', () => {
  it('builds, renders on the server, and gets its token through its own route', async () => {
    const app = await installedProject('next', npmrc);
    ending.push(app.remove);
    const { status, stdout, stderr } = await app.run('npx', 'next', 'build');
    expect({ status, log: stdout + stderr }).toMatchObject({ status: 0 });
    const address = await serve(app);
    const browser = await launchBrowser();
    ending.push(() => browser.close());
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    tab.on('pageerror', (error) => complaints.push(error.message));
    await tab.goto(address);
    await tab.locator('[data-testid=token]', { hasText: 'valid' }).waitFor();
    expect(complaints).toEqual([]);
  }, 600_000);
});
