/**
 * What the guide shows is what the codemod does to apps/legacy today: the report beside it, the summary and the terminal in it.
 * `UPDATE_DOCS=1` writes them, and takes the pictures anew.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../e2e/src/browser.js';

import { colorsFor } from '../src/report/colors.js';
import { progressOn } from '../src/cli/progress.js';
import { summaryOf } from '../src/report/summary.js';
import type { Report } from '../src/types.js';
import { OPTIONS } from '../src/cli/options.js';
import { PACKAGE } from './built-cli.js';
import { docsPage, legacyReport } from './legacy-run.js';
import { terminalPicture } from './terminal-picture.js';

const DOCS = path.resolve(PACKAGE, '../../docs');
const PAGE = path.join(PACKAGE, 'docs/guide/legacy-report.html');
const GUIDE = path.join(DOCS, 'guides/migrate-step-by-step.md');
const TERMINAL = path.join(DOCS, 'images/terminal.svg');
const SUMMARY = /(<!-- summary of apps\/legacy -->\n\n```text\n)([\s\S]*?)(```)/;
const UPDATE = process.env['UPDATE_DOCS'] === '1';

/** The version differs from release to release. */
const unversioned = (text: string) =>
  text.replace(/migrate-worker-token \d+\.\d+\.\d+[\w.-]*/g, 'migrate-worker-token');

/** As it goes by on a terminal. */
function progressFrames(): string[] {
  let text = '';
  const stderr = { isTTY: true, columns: 100, write: (part: string) => (text += part) };
  const { show } = progressOn({ stderr, env: {} });
  for (const stage of ['scan', 'plan', 'verify', 'write'] as const) show(stage);
  return text.split('\r\u001b[K').slice(1);
}

/** How long it takes depends on the machine. */
function summaryInColours(report: Report, env: NodeJS.ProcessEnv): string {
  const summary = summaryOf({
    ...{ report, colors: colorsFor({}, env), install: 'npm install' },
    ...{ verified: true, mode: 'write' as const },
  });
  return summary.replace(/ in \d+\.\d s/, '');
}

async function takePictures(): Promise<void> {
  const browser = await launchBrowser();
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height: 1000 } });
    await page.goto(pathToFileURL(PAGE).href);
    await page.screenshot({ path: path.join(DOCS, `images/report-${colorScheme}.png`) });
    await page.getByLabel('pattern', { exact: true }).selectOption('request-token');
    await page.evaluate(() => document.getElementById('sites')?.scrollIntoView());
    await page.screenshot({ path: path.join(DOCS, `images/report-sites-${colorScheme}.png`) });
  }
  await browser.close();
}

describe('the guide', () => {
  it('has the report, the summary and the terminal of apps/legacy as they are today', async () => {
    const report = legacyReport();
    const shown = summaryInColours(report, {});
    const picture = terminalPicture({
      command: 'npx @worker-token/codemod',
      passing: progressFrames(),
      output: summaryInColours(report, { FORCE_COLOR: '1' }),
    });
    if (UPDATE) {
      fs.writeFileSync(PAGE, docsPage(report));
      const text = fs.readFileSync(GUIDE, 'utf8');
      fs.writeFileSync(
        GUIDE,
        text.replace(SUMMARY, (_, head: string, __, end: string) => head + shown + end),
      );
      fs.writeFileSync(TERMINAL, picture);
      await takePictures();
    }

    expect(unversioned(fs.readFileSync(PAGE, 'utf8'))).toBe(unversioned(docsPage(report)));
    expect(unversioned(SUMMARY.exec(fs.readFileSync(GUIDE, 'utf8'))?.[2] ?? '')).toBe(unversioned(shown));
    expect(unversioned(fs.readFileSync(TERMINAL, 'utf8'))).toBe(unversioned(picture));
  });

  it('names only options that there are, and pictures that there are', () => {
    const text = fs.readFileSync(GUIDE, 'utf8');
    const named = [...text.matchAll(/--([a-z][a-z-]+)/g)].map((match) => match[1] ?? '');
    const foreign = new Set(['save-dev', 'param', 'no-interactive', 'importFrom', 'parser']);
    expect(named.filter((name) => !(name in OPTIONS) && !foreign.has(name))).toEqual([]);
    const pictures = [...text.matchAll(/\]\((\.\.\/images\/[^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(pictures.length).toBeGreaterThan(1);
    for (const picture of pictures)
      expect(fs.existsSync(path.resolve(path.dirname(GUIDE), picture)), picture).toBe(true);
  });
});
