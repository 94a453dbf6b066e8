/** Manage credentials: the list of flows, export, import, old records. */
import type { Download, Locator, Page } from 'playwright-core';

export class ManageCredentialsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation').getByRole('link', { name: 'Manage credentials' }).click();
    await this.#page.getByRole('heading', { level: 1, name: 'Manage credentials' }).waitFor();
  }

  /** The row of a flow. */
  flow(label: string): Locator {
    return this.#page.getByRole('region', { name: 'Flows' }).locator('tbody tr').filter({ hasText: label });
  }

  text(text: string | RegExp): Locator {
    return this.#page.getByText(text);
  }

  async press(name: string): Promise<void> {
    await this.#page.getByRole('button', { name, exact: true }).click();
  }

  /** @param passphrase Empty: without secrets. */
  async export(passphrase = ''): Promise<Download> {
    await this.#page.getByLabel('Passphrase of the export').fill(passphrase);
    const download = this.#page.waitForEvent('download');
    await this.press(passphrase ? 'Export with secrets' : 'Export without secrets');
    return download;
  }

  async choose(path: string, passphrase = ''): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByLabel('Export file').click();
    await (await chooser).setFiles(path);
    await this.#page.getByLabel('Passphrase of the file').fill(passphrase);
  }

  /** What happens to a record, as the report of the import says it. */
  async action(key: string): Promise<string> {
    return this.#page.getByRole('row').filter({ hasText: key }).last().locator('td').nth(1).innerText();
  }
}
