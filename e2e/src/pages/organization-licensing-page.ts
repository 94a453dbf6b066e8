/** Organization Licensing: load, the quotas, and the tables. */
import type { Locator, Page } from 'playwright-core';

export class OrganizationLicensingPage {
  readonly error: Locator;
  readonly licenses: Locator;
  readonly environments: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.error = page.getByRole('alert').filter({ hasText: /\S/ });
    this.licenses = page.getByRole('region', { name: 'Licences' }).locator('tbody tr');
    this.environments = page.getByRole('region', { name: 'Environments' }).locator('tbody tr');
  }

  /** How much of it is used, in words. */
  quota(name: string): Locator {
    return this.#page.getByText(new RegExp(`^${name}: \\d+ of \\d+ \\(\\d+ %\\)$`));
  }

  async pressLoad(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Load licensing' }).click();
  }

  /** Loads and waits for the first licence. */
  async loadLicensing(): Promise<void> {
    await this.pressLoad();
    await this.licenses.first().waitFor();
  }
}
