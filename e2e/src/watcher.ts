/**
 * Watches everything a browser context says and asks for, and finds what must never be there: errors, warnings, and secrets or tokens in
 * addresses, in the console or in the page.
 */
import type { BrowserContext, Page } from 'playwright-core';

export class Watcher {
  /** Every console message, oldest first. */
  readonly console: string[] = [];
  /** Access tokens that the pages were given. */
  readonly tokens = new Set<string>();
  readonly #errors: string[] = [];
  readonly #addresses: string[] = [];
  readonly #reading: Promise<void>[] = [];
  readonly #context: BrowserContext;
  readonly #secrets: readonly string[];
  #expected: RegExp | undefined;

  constructor(context: BrowserContext, secrets: readonly string[]) {
    this.#context = context;
    this.#secrets = secrets;
    context.on('console', (message) => {
      this.console.push(message.text());
      if (['error', 'warning'].includes(message.type())) this.#errors.push(message.text());
    });
    context.on('weberror', (error) => this.#errors.push(error.error().message));
    context.on('request', (request) => this.#addresses.push(request.url()));
    context.on('response', (response) => {
      if (!response.url().includes('/api/client-credentials')) return;
      this.#reading.push(
        response.json().then(
          (body: unknown) => this.#keepToken(body),
          () => undefined,
        ),
      );
    });
  }

  /** Console errors and warnings that a spec provokes, such as the browser's own line about a failed request. */
  expectErrors(pattern: RegExp): void {
    this.#expected = pattern;
  }

  /** Messages that contain `text`. */
  said(text: string): string[] {
    return this.console.filter((message) => message.includes(text));
  }

  /** What was found that must not be; empty when all is well. */
  async findings(): Promise<string[]> {
    await Promise.all(this.#reading);
    const unexpected = this.#errors.filter((error) => !this.#expected?.test(error));
    const pages = this.#context.pages();
    const addresses = [...this.#addresses, ...pages.map((page) => page.url())];
    return [
      ...unexpected.map((error) => `console error: ${this.#masked(error)}`),
      ...this.#leaks('an address', addresses, [...this.#secrets, ...this.tokens]),
      ...this.#leaks('the console', this.console, [...this.#secrets, ...this.tokens]),
      ...this.#leaks('the page', await Promise.all(pages.map(visibleText)), [...this.tokens]),
    ];
  }

  #keepToken(body: unknown): void {
    const token = (body as { access_token?: unknown } | null)?.access_token;
    if (typeof token === 'string') this.tokens.add(token);
  }

  #leaks(place: string, texts: readonly string[], canaries: readonly string[]): string[] {
    const leaking = texts.filter((text) => canaries.some((canary) => text.includes(canary)));
    return leaking.length === 0 ? [] : [`a secret or token is in ${place}, ${leaking.length} times`];
  }

  #masked(text: string): string {
    return [...this.#secrets, ...this.tokens].reduce((masked, canary) => masked.replaceAll(canary, '***'), text);
  }
}

function visibleText(page: Page): Promise<string> {
  return page.evaluate(() => document.documentElement.outerHTML);
}
