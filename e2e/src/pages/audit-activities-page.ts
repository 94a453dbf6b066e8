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

  /** Chooses from one of the lists of filters. */
  async choose(label: 'Action' | 'Result', option: string): Promise<void> {
    await this.#page.getByLabel(label, { exact: true }).selectOption({ label: option });
  }

  async loadMore(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Load more' }).click();
  }

  /** Opens the details of the first row. */
  async openDetails(): Promise<Locator> {
    await this.rows.first().getByRole('button', { name: 'Details' }).click();
    return this.#page.getByRole('dialog', { name: 'Activity' });
  }
}
