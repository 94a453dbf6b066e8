/** Pictures of the target, for people to look at. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { screenshotFolder } from './target.js';

/** @param name Without the file's extension. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshotFolder(), { recursive: true });
  await page.screenshot({ path: join(screenshotFolder(), `${name}.png`), animations: 'disabled' });
}
