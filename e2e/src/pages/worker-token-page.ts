/** Worker Token Flow: the form, the buttons, the state of the token. */
import type { Locator, Page } from 'playwright-core';
import type { WorkerInput } from '../demo-worker.js';

export class WorkerTokenPage {
  readonly environmentId: Locator;
  readonly clientId: Locator;
  readonly clientSecret: Locator;
  readonly region: Locator;
  readonly scopes: Locator;
  readonly error: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.environmentId = page.getByLabel('Environment ID');
    this.clientId = page.getByLabel('Client ID');
    this.clientSecret = page.getByLabel('Client secret');
    this.region = page.getByLabel('Region');
    this.scopes = page.getByLabel('Scopes');
    this.error = page.getByRole('alert').filter({ hasText: /\S/ });
  }

  async fill(worker: WorkerInput): Promise<void> {
    await this.environmentId.fill(worker.environmentId);
    await this.region.selectOption({ label: worker.region });
    await this.clientId.fill(worker.clientId);
    await this.clientSecret.fill(worker.clientSecret);
    await this.scopes.fill(worker.scopes);
  }

  async pressSave(): Promise<void> {
    await this.#press('Save configuration');
  }

  /** Fills, saves and waits for the success message. */
  async save(worker: WorkerInput): Promise<void> {
    await this.fill(worker);
    await this.pressSave();
    await this.message('Configuration saved').waitFor();
  }

  async requestToken(): Promise<void> {
    await this.#press('Request token');
    await this.state('Valid').waitFor();
  }

  async pressRequestToken(): Promise<void> {
    await this.#press('Request token');
  }

  async invalidateToken(): Promise<void> {
    await this.#press('Invalidate token');
    await this.state('No token').waitFor();
  }

  async clear(): Promise<void> {
    await this.#press('Clear configuration');
    await this.message('Configuration cleared').waitFor();
  }

  /** The message with this text. */
  message(text: string): Locator {
    return this.#page.getByRole('status').filter({ hasText: text });
  }

  /** The value beside "State", when it is this one. */
  state(text: string): Locator {
    return this.#fact('State').filter({ hasText: text });
  }

  /** What stands beside "Time left". */
  timeLeft(): Promise<string> {
    return this.#fact('Time left').innerText();
  }

  #fact(name: string): Locator {
    return this.#page.locator(`dt:text-is("${name}") + dd`);
  }

  async #press(name: string): Promise<void> {
    await this.#page.getByRole('button', { name }).click();
  }
}
