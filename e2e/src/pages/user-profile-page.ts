/** User Profile: the lookup and the card with the result. */
import type { Locator, Page } from 'playwright-core';

export class UserProfilePage {
  readonly user: Locator;
  readonly error: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.user = page.getByLabel('User (id, username or email)');
    this.error = page.getByRole('alert').filter({ hasText: /\S/ });
  }

  async pressLookUp(identifier: string): Promise<void> {
    await this.user.fill(identifier);
    await this.#page.getByRole('button', { name: 'Look up' }).click();
  }

  /** Looks up and waits for the card. */
  async lookUp(identifier: string): Promise<void> {
    await this.pressLookUp(identifier);
    await this.#fact('Username').waitFor();
  }

  /** What the card says about `name`: Username, Email, Population … */
  fact(name: string): Promise<string> {
    return this.#fact(name).innerText();
  }

  #fact(name: string): Locator {
    return this.#page.locator(`dt:text-is("${name}") + dd`);
  }
}
