/** One page: web storage, a network that issues one token, and the bundle of a program in a vm context. */
import { webcrypto } from 'node:crypto';
import vm from 'node:vm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';

/** What the user has done before the page opens. */
export type Start = 'empty' | 'configured' | 'with a token';

export interface Visit {
  /** What it returned, in one spelling; `throws` where it threw. */
  result: string;
  requests: string[];
  credentials: string;
  token: boolean;
  /** The credentials are still those of the start. */
  isSameWorker: boolean;
}

interface Manager {
  ready(): Promise<void>;
  loadCredentials(): Promise<object | null>;
  getWorkerToken(): Promise<string>;
  peekToken(): string | null;
  dispose(): void;
}

const SAVED = {
  environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
  clientId: 'client-1',
  clientSecret: 'secret-1',
  region: 'eu',
  scopes: 'p1:read:user p1:read:population',
  authMethod: 'client_secret_post',
};

export class Page {
  readonly #local = new WebStorage();
  readonly #requests: string[] = [];
  readonly #context: vm.Context;

  constructor(script: string) {
    this.#context = vm.createContext(this.#globals());
    vm.runInContext('globalThis.window = globalThis; globalThis.self = globalThis;', this.#context);
    this.#script = script;
  }
  readonly #script: string;

  async run(call: string, start: Start): Promise<Visit> {
    if (start !== 'empty') this.#local.setItem('worker_credentials', JSON.stringify(SAVED));
    if (start === 'with a token') {
      this.#local.setItem('worker_token', 'T');
      this.#local.setItem('worker_token_expires_at', String(Date.now() + 3_600_000));
    }
    vm.runInContext(`${this.#script}\nglobalThis.page = page;`, this.#context);
    const manager = vm.runInContext('page.workerTokenManager', this.#context) as Manager | null;
    await manager?.ready();
    if (manager && start === 'with a token') await manager.getWorkerToken().catch(() => {});
    this.#requests.length = 0;
    const result = await this.#called(call);
    await new Promise((resolve) => setImmediate(resolve));
    const credentials = spelled((await manager?.loadCredentials()) ?? this.#record());
    const token = Boolean(manager?.peekToken() ?? this.#local.getItem('worker_token'));
    manager?.dispose();
    const isSameWorker = credentials === spelled(start === 'empty' ? null : SAVED);
    return { result, requests: [...this.#requests], credentials, token, isSameWorker };
  }

  async #called(call: string): Promise<string> {
    try {
      const value: unknown = await vm.runInContext(
        `(async () => { const { app } = page; return ${call}; })()`,
        this.#context,
      );
      return spelled(value);
    } catch {
      return 'throws';
    }
  }

  #record(): unknown {
    const text = this.#local.getItem('worker_credentials');
    return text === null ? null : JSON.parse(text);
  }

  async #fetch(
    input: string,
    init: { method?: string; headers?: Record<string, string>; body?: string | URLSearchParams } = {},
  ) {
    const url = input;
    const headers = new Headers(init.headers);
    const body = init.body?.toString() ?? '';
    if (/\/api\/client-credentials$|\/as\/token$/.test(url)) {
      const isKnown =
        /client_?id["=:]+(?!undefined|null)./i.test(decodeURIComponent(body)) || headers.has('authorization');
      return isKnown
        ? answer(200, { access_token: 'T', token_type: 'Bearer', expires_in: 3600 })
        : answer(400, { error: 'invalid_client' });
    }
    this.#requests.push(`${init.method ?? 'GET'} ${url} ${headers.get('authorization') ?? ''} ${body}`.trim());
    return answer(200, {});
  }

  #globals(): Record<string, unknown> {
    const silent = () => {};
    return {
      ...Object.fromEntries(HOST.map((name) => [name, (globalThis as Record<string, unknown>)[name]])),
      console: { debug: silent, info: silent, warn: silent, error: silent, log: silent },
      crypto: webcrypto,
      fetch: (input: string, init?: object) => this.#fetch(input, init),
      localStorage: this.#local,
      sessionStorage: new WebStorage(),
      indexedDB: new IDBFactory(),
      IDBKeyRange,
      addEventListener: silent,
      removeEventListener: silent,
      dispatchEvent: silent,
      location: { reload: silent, origin: 'http://localhost', href: 'http://localhost/' },
      noElement: silent,
    };
  }
}

const HOST = (
  'setTimeout clearTimeout setInterval clearInterval queueMicrotask structuredClone performance URL URLSearchParams TextEncoder ' +
  'TextDecoder AbortController AbortSignal Event EventTarget CustomEvent Headers Request Response DOMException btoa atob Uint8Array ' +
  'ArrayBuffer'
).split(' ');

class WebStorage {
  readonly #items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: unknown): void {
    this.#items.set(key, String(value));
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
}

const answer = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

interface Spelled {
  environmentId: string;
  clientId: string;
  clientSecret: string;
  region: string;
  scopes: string | string[];
}

const FIELDS = ['environmentId', 'clientId', 'clientSecret', 'region'];

/** Credentials in one spelling, whichever store they come from; anything else as JSON. */
function spelled(value: unknown): string {
  if (typeof value !== 'object' || value === null || !FIELDS.some((field) => field in value))
    return JSON.stringify(value) ?? 'undefined';
  const { environmentId = '', clientId = '', clientSecret = '', region, scopes } = value as Partial<Spelled>;
  const list = Array.isArray(scopes) ? scopes.join(' ') : (scopes ?? '');
  const code = (region ?? 'us').toLowerCase();
  return JSON.stringify({ environmentId, clientId, clientSecret, region: code === 'na' ? 'us' : code, scopes: list });
}
