/** Bulk User Lookup: the identifiers and the results. */
import { readFile } from 'node:fs/promises';
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

  /** Starts, and waits for nothing. */
  async start(identifiers: readonly string[]): Promise<void> {
    await this.identifiers.fill(identifiers.join('\n'));
    await this.press();
  }

  async press(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Look up all' }).click();
  }

  async cancel(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Cancel' }).click();
  }

  /** Waits until the page works on nothing any more. */
  async finished(): Promise<void> {
    await this.#page
      .getByRole('button', { name: 'Export as CSV' })
      .and(this.#page.locator(':enabled'))
      .waitFor({ timeout: 240_000 });
  }

  async chooseCsv(name: string, text: string): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByLabel('CSV file').click();
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  }

  async exportCsv(): Promise<string> {
    const download = this.#page.waitForEvent('download');
    await this.#page.getByRole('button', { name: 'Export as CSV' }).click();
    return readFile(await (await download).path(), 'utf8');
  }

  /** The row of one identifier, as text. */
  row(identifier: string): Promise<string> {
    return this.rows.filter({ hasText: identifier }).innerText();
  }
}
