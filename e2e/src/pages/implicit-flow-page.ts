/** Implicit Flow: a configuration of its own. */
import type { Locator, Page } from 'playwright-core';

export class ImplicitFlowPage {
  readonly environmentId: Locator;
  readonly clientId: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.environmentId = page.getByLabel('Environment ID');
    this.clientId = page.getByLabel('Client ID');
  }

  async save(environmentId: string, clientId: string): Promise<void> {
    await this.environmentId.fill(environmentId);
    await this.clientId.fill(clientId);
    await this.#page.getByRole('button', { name: 'Save', exact: true }).click();
    await this.#page.getByRole('status').filter({ hasText: 'saved' }).waitFor();
  }
}
