/** Identity Metrics: load, the chart, and the rows of the table. */
import type { Locator, Page } from 'playwright-core';

export class IdentityMetricsPage {
  readonly rows: Locator;
  readonly error: Locator;
  /** The drawing of the chart. */
  readonly chart: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.rows = page.locator('tbody tr');
    this.error = page.getByRole('alert').filter({ hasText: /\S/ });
    this.chart = page.getByRole('img', { name: 'Identities over time' }).locator('svg.recharts-surface').first();
  }

  async pressLoad(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Load metrics' }).click();
  }

  /** Loads and waits for the table and the drawing. */
  async loadMetrics(): Promise<void> {
    await this.pressLoad();
    await this.rows.first().waitFor();
    await this.chart.waitFor();
  }
}
