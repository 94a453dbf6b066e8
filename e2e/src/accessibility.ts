/** Runs axe on a page and names what it found. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** One line for each violation; empty when there is none. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const result = await inPage.run(document);
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map((node) => node.target.join(' ')),
    }));
  });
  return violations.map(({ id, help, at }) => `${id}: ${help} (${at.join(', ')})`);
}
