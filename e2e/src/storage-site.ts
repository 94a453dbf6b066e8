/** An origin on the loopback with one page that has the storage package, and a browser profile that starts empty. */
import { build } from 'esbuild';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './browser.js';

/** How long a machine under load may take for what needs no time by itself. */
export const SLOW_MS = 120_000;

export interface StorageSite {
  origin: string;
  /** A profile of its own. */
  context(): Promise<BrowserContext>;
  /** So many tabs of one profile. */
  tabs(count: number, context?: BrowserContext): Promise<Page[]>;
  close(): Promise<void>;
}

export async function startStorageSite(): Promise<StorageSite> {
  const script = await bundle();
  const server = createServer(({ url }, response) => {
    const [type, body] = PAGES[url ?? ''] ?? ['text/javascript', script];
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser: Browser = await launchBrowser();
  async function context(): Promise<BrowserContext> {
    const created = await browser.newContext();
    created.setDefaultTimeout(SLOW_MS);
    return created;
  }

  async function openTab(owner: BrowserContext): Promise<Page> {
    const page = await owner.newPage();
    await page.goto(origin);
    await page.waitForFunction(() => 'storagePackage' in globalThis);
    return page;
  }

  return {
    origin,
    context,
    async tabs(count, owner) {
      const shared = owner ?? (await context());
      return Promise.all(Array.from({ length: count }, () => openTab(shared)));
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">';

const PAGES: Readonly<Record<string, [type: string, body: string]>> = {
  '/': ['text/html', `${HEAD}<title>Storage</title><script type="module" src="/page.js"></script>`],
  // An opaque origin: every kind of storage is denied.
  '/denied': ['text/html', `${HEAD}<title>Denied</title><iframe sandbox="allow-scripts" src="/classic"></iframe>`],
  // Module scripts are fetched with CORS, which an opaque origin does not pass.
  '/classic': ['text/html', `${HEAD}<title>Storage</title><script src="/page.js"></script>`],
};

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'storage-page.ts')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@worker-token/source'],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
