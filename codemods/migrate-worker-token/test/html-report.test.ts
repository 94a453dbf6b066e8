/** The HTML report in a real browser: accessible in light and dark, quiet, quick with very many sites, fit for paper. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems } from '../../../e2e/src/accessibility.js';
import { launchBrowser } from '../../../e2e/src/browser.js';
import { htmlOf } from '../src/report/html/page.js';
import type { Report, SiteStatus } from '../src/types.js';
import { project } from './project.js';

const ENDS: readonly SiteStatus[] = ['migrated', 'migrated', 'manual', 'rolled-back', 'skipped'];

/** A report with all that a site can be; code and names are as awkward as they come. */
function reportOf(count: number): Report {
  const sites = Array.from({ length: count }, (_, i): Report['sites'][number] => {
    const status = ENDS[i % ENDS.length] ?? 'migrated';
    const place = {
      file: `src/area-${i % 40}/page-${i}.tsx`,
      line: (i % 90) + 1,
      column: 3,
      pattern: `pattern-${i % 7}`,
    };
    const before = `const stored${i} = localStorage.getItem('worker_credentials');\n    const credentials = stored${i} ? JSON.parse(stored${i}) : null;\n    use(credentials, '</pre><script>alert(1)</script>');`;
    if (status === 'migrated')
      return {
        ...place,
        status,
        before,
        after: before.replace(/^.*\n.*$/m, 'const credentials = await workerTokenManager.loadCredentials();'),
      };
    if (status === 'rolled-back')
      return {
        ...place,
        status,
        before,
        reason: `type-error: with the change, ${place.file}:3 has TS2801`,
        suggestion: 'await read()',
      };
    return {
      ...place,
      status,
      before,
      reason: 'autosave-on-keystroke: it saves on every change',
      suggestion: 'save on a button',
    };
  });
  const of = (status: SiteStatus) => sites.filter((site) => site.status === status).length;
  return {
    ...{ version: 1, tool: 'migrate-worker-token 1.2.3', root: '/app', dryRun: false },
    summary: {
      ...{ filesScanned: 900, filesWithSites: count, filesChanged: of('migrated'), filesRolledBack: of('rolled-back') },
      ...{ filesUnparsable: 1, sites: count, migrated: of('migrated'), manual: of('manual'), skipped: of('skipped') },
      rolledBack: of('rolled-back'),
    },
    sites,
    files: [
      {
        file: 'src/broken.ts',
        status: 'unparsable',
        message: 'line 7, column 2: Unexpected token',
        newDiagnostics: [],
      },
      { file: 'dist/bundle.js', status: 'ignored', newDiagnostics: [] },
    ],
    verification: { diagnosticsBefore: 2, diagnosticsAfter: 2, floatingPromises: 0 },
    assumptions: ["tsconfig.json: File '@acme/<tsconfig>' not found."],
    timings: { scanMs: 100, planMs: 900, rewriteMs: 50, verifyMs: 2100 },
  };
}

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()), 120_000);
afterAll(() => browser.close());

interface Opened {
  page: Page;
  /** What the console said, and errors. */
  messages: string[];
}

async function opened(report: Report, options: BrowserContextOptions = {}): Promise<Opened> {
  const file = path.join(project({ 'report.html': htmlOf(report) }), 'report.html');
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('dialog', (dialog) => void (messages.push(dialog.message()), dialog.dismiss()));
  await page.goto(pathToFileURL(file).href);
  return { page, messages };
}

const shown = (page: Page) => page.locator('article:visible').count();

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each([
    ['wide', 1280],
    ['narrow', 360],
  ])(
    'has no accessibility problem, says nothing on the console and needs no sideways scrolling (%s)',
    async (_, width) => {
      const { page, messages } = await opened(reportOf(15), { colorScheme, viewport: { width, height: 900 } });
      await page.locator('#keys').click();

      expect(await accessibilityProblems(page)).toEqual([]);
      expect(messages).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
    },
  );
});

describe('filters', () => {
  it('show a status, a pattern, a folder, or what contains the words', async () => {
    const { page } = await opened(reportOf(50));

    await page.getByRole('checkbox', { name: 'migrated' }).uncheck();
    await expect.poll(() => shown(page)).toBe(30);
    expect(await page.locator('#shown').textContent()).toBe('30 of 50');
    await page.getByLabel('pattern', { exact: true }).selectOption('pattern-2');
    await expect.poll(() => shown(page)).toBe(5);
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('stored49');
    await expect.poll(() => shown(page)).toBe(1);
    await page.getByRole('searchbox').fill('nowhere');
    await expect.poll(() => page.locator('#none').isVisible()).toBe(true);
  });

  it('follow a click on a folder and on a reason', async () => {
    const { page } = await opened(reportOf(50));

    await page.getByRole('button', { name: 'src/area-3', exact: true }).click();
    expect(await shown(page)).toBe(2);
    await page.getByRole('button', { name: 'type-error' }).click();
    expect(await shown(page)).toBe(10);
  });

  it('can be done with keys: next, previous, search, statuses, everything', async () => {
    const { page } = await opened(reportOf(10));
    const focused = () => page.evaluate(() => document.activeElement?.id);

    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    expect(await focused()).toBe('site-2');
    await page.keyboard.press('1');
    await expect.poll(() => shown(page)).toBe(6);
    await page.keyboard.press('/');
    expect(await focused()).toBe('search');
    await page.keyboard.type('j1');
    await expect.poll(() => shown(page)).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => shown(page)).toBe(10);
    await page.keyboard.press('?');
    expect(await page.locator('#keys').getAttribute('aria-expanded')).toBe('true');
  });
});

describe('with 5 000 sites', () => {
  it('lays out only what is in sight: while it is read, scrolled, filtered, and walked through', async () => {
    const { page, messages } = await opened(reportOf(5000));
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const laidOut = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'LayoutObjects')?.value ?? Infinity;
    };
    // the page is asked for the number it shows: to ask every site whether it is visible would itself lay out all of them
    const says = (text: string) => expect.poll(() => page.locator('#shown').textContent()).toBe(text);
    const elements = await page.evaluate(() => document.querySelectorAll('article, article *').length);
    const limit = elements / 4;

    expect(await laidOut()).toBeLessThan(limit);
    await page.locator('#site-2500').scrollIntoViewIfNeeded();
    expect(await page.locator('#site-2500 pre').first().isVisible()).toBe(true);
    expect(await laidOut()).toBeLessThan(limit);
    await page.getByRole('searchbox').fill('stored4999');
    await says('1 of 5000');
    expect(await laidOut()).toBeLessThan(limit);
    expect(await shown(page)).toBe(1);
    await page.keyboard.press('Escape');
    await says('5000 sites');
    expect(await laidOut()).toBeLessThan(limit);
    await page.keyboard.press('k');
    expect(await page.locator('#site-5000').isVisible()).toBe(true);
    expect(await laidOut()).toBeLessThan(limit);
    expect(messages).toEqual([]);
  });
});

describe('elsewhere', () => {
  it('is complete without its script', async () => {
    const { page } = await opened(reportOf(20), { javaScriptEnabled: false });

    expect(await shown(page)).toBe(20);
    expect(await page.locator('.note').textContent()).toBe("tsconfig.json: File '@acme/<tsconfig>' not found.");
    expect(await page.locator('.toolbar').isVisible()).toBe(false);
  });

  it('prints every site in light colours, without filters', async () => {
    const { page } = await opened(reportOf(40), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });

    expect(await page.locator('.toolbar').isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    const skipped = () =>
      [...document.querySelectorAll('.chunk')].filter((site) => getComputedStyle(site).contentVisibility !== 'visible');
    expect(await page.evaluate(skipped)).toEqual([]);
    const pdf = (await page.pdf()).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(4);
  });

  it('lets nothing run or load but its own script, whatever the code says', async () => {
    const { page, messages } = await opened(reportOf(5));

    expect(messages).toEqual([]);
    expect(await page.locator('pre script').count()).toBe(0);
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' })),
    );
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });

  it('stays small: some kilobytes for a page, about one for a site', () => {
    const size = (count: number) => Buffer.byteLength(htmlOf(reportOf(count)));
    expect(size(0)).toBeLessThan(16_000);
    expect((size(1000) - size(0)) / 1000).toBeLessThan(1600);
  });
});

// a look at it: HTML_SCREENSHOTS=folder writes pictures of this report
const pictures = process.env['HTML_SCREENSHOTS'];
if (pictures !== undefined) {
  it.each(['light', 'dark'] as const)('can be looked at in %s', async (colorScheme) => {
    const { page } = await opened(reportOf(15), { colorScheme, viewport: { width: 1280, height: 1500 } });
    fs.mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, `report-${colorScheme}.png`) });
  });
}
