/** Looks at a page in the light and in the dark scheme, as it is: filling it again would take longer than all the looking. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityProblems } from './accessibility.js';
import { keepScreenshot } from './screenshot.js';

/** Keeps a screenshot of each, and holds that axe has nothing to say. @param name Of the page, without the scheme. */
export async function inBothSchemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await keepScreenshot(page, `${name}-${colorScheme}`);
    expect(await accessibilityProblems(page), colorScheme).toEqual([]);
  }
}
