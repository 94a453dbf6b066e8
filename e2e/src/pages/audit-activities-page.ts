/** Audit Activities: load, and the rows. */
import type { Locator, Page } from 'playwright-core';

export class AuditActivitiesPage {
  readonly rows: Locator;
  readonly error: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.rows = page.locator('tbody tr');
    this.error = page.getByRole('alert').filter({ hasText: /\S/ });
  }

  async pressLoad(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Load activities' }).click();
  }

  /** Loads and waits for the first row. */
  async loadActivities(): Promise<void> {
    await this.pressLoad();
    await this.rows.first().waitFor();
  }
}
