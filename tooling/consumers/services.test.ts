// Services as strangers write them: an ES module that serves a built page, in Chromium; a CommonJS job.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../e2e/src/browser.js';
import { installedProject, type Project, type Started } from './project.js';

const { npmrc } = inject('released');
const SECRET = 'demo-worker-secret-not-real';
const projects: Project[] = [];
const started: Started[] = [];
let browser: Browser | undefined;

async function project(fixture: string): Promise<Project> {
  const installed = await installedProject(fixture, npmrc);
  projects.push(installed);
  return installed;
}

afterAll(async () => {
  await browser?.close();
  for (const process of started) await process.stop();
  for (const { remove } of projects) remove();
});

describe('a Vite and React page on an ES module service', () => {
  let service: Project;
  let page: Project;
  let simulator: string;

  beforeAll(async () => {
    [service, page] = await Promise.all([project('service'), project('page')]);
    const pingone = await service.start('pingone-simulator', ['--port', '0']);
    started.push(pingone);
    simulator = /http:\/\/\S+/.exec(pingone.firstLine)?.[0] ?? '';
  });

  async function serve(credentials: NodeJS.ProcessEnv): Promise<string> {
    const process = await service.start('node', ['service.js'], {
      PINGONE_URL: simulator,
      CREDENTIALS_DIR: join(service.folder, 'credentials'),
      PUBLIC_DIR: join(page.folder, 'dist'),
      ...credentials,
    });
    started.push(process);
    return process.firstLine;
  }

  it('builds without a warning, and without anything of Node', async () => {
    const { status, stdout, stderr } = await page.run('npx', 'vite', 'build');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('built in');
    expect(stdout).not.toMatch(/warn|externali[sz]ed for browser/i);
  });

  it('shows users in Chromium, and the page never hears the secret', async () => {
    const environmentId = '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e';
    const address = await serve({
      PINGONE_ENVIRONMENT_ID: environmentId,
      PINGONE_CLIENT_ID: 'a7e3c9d2-5b14-4f68-8e0a-9c1b2d3e4f50',
      PINGONE_CLIENT_SECRET: SECRET,
      PINGONE_TOKEN_ENDPOINT: `${simulator}/auth/na/${environmentId}/as/token`,
    });
    const { heard, complaints } = await visit(address);
    expect(complaints).toEqual([]);
    expect(heard).toContain('access_token');
    expect(heard).not.toContain(SECRET);
  });

  it('serves again after a restart, with the credentials of its file', async () => {
    const { complaints } = await visit(await serve({}));
    expect(complaints).toEqual([]);
  });

  async function visit(address: string): Promise<{ heard: string; complaints: string[] }> {
    browser ??= await launchBrowser();
    const context = await browser.newContext();
    const tab = await context.newPage();
    const complaints: string[] = [];
    const answers: Promise<string>[] = [];
    tab.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('response', (response) => answers.push(response.text().catch(() => '')));
    await tab.goto(address);
    await tab.locator('[data-testid=token]', { hasText: 'valid' }).waitFor();
    await tab.locator('li').nth(2).waitFor();
    const heard = (await Promise.all(answers)).join('\n');
    await context.close();
    return { heard, complaints };
  }
});

describe('a CommonJS job', () => {
  it('gets a token and reads users', async () => {
    const job = await project('commonjs');
    const { status, stdout, stderr } = await job.run('node', 'job.js');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '{"status":200,"users":2,"tokenRequests":1}\n' });
    // Node 20 and 22 say that `require` of ES modules is new, oidc-provider that it prefers another Node
    expect(
      stderr.replace(/^.*(ExperimentalWarning|--trace-warnings|Unsupported runtime|oidc-provider).*\n/gm, ''),
    ).toBe('');
  });
});
