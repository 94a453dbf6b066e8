/** Bulk User Lookup: the identifiers and the results. */
import type { Locator, Page } from 'playwright-core';

export class BulkLookupPage {
  readonly identifiers: Locator;
  readonly rows: Locator;
  readonly error: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.identifiers = page.getByLabel('Identifiers');
    this.rows = page.locator('tbody tr');
    this.error = page.getByRole('alert').filter({ hasText: /\S/ });
  }

  /** Looks up and waits until every identifier has its row. */
  async lookUpAll(identifiers: readonly string[]): Promise<void> {
    await this.identifiers.fill(identifiers.join('\n'));
    await this.#page.getByRole('button', { name: 'Look up all' }).click();
    await this.rows.nth(identifiers.length - 1).waitFor();
  }

  /** The row of one identifier, as text. */
  row(identifier: string): Promise<string> {
    return this.rows.filter({ hasText: identifier }).innerText();
  }
}
