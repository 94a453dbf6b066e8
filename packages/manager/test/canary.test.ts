/** Searches everything that leaves the manager for secret and token, in every form in which they may hide. */
import { inspect } from 'node:util';
import { createCredentialStorage, memoryTier } from '@worker-token/storage';
import { afterEach, expect, test, vi } from 'vitest';
import { directGrant } from '../src/grant.js';
import { WorkerTokenError } from '../src/errors.js';
import { createWorkerTokenManager } from '../src/manager.js';
import { proxyTokenSource } from '../src/proxy-token-source.js';
import { redact, secretsOf } from '../src/redact.js';
import { serverTokenSource } from '../src/server-token-source.js';
import type { Coordinator } from '../src/types/coordination.js';
import type { WorkerTokenManagerOptions } from '../src/types/options.js';
import type { TokenSource } from '../src/types/token-source.js';
import { CREDENTIALS, testLogger } from './builder.js';
import { createFleet } from './fleet.js';

const SECRET = 'CANARY secret/+1?&"=ü';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJjYW5hcnkiOiJ0b2tlbiJ9.CANARY-signature_1';
const credentials = { ...CREDENTIALS, clientSecret: SECRET };

const encode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const formsOf = (...texts: string[]) =>
  texts.flatMap((text) => [
    text,
    encodeURIComponent(text),
    encode(text),
    base64(text),
    base64(text).replace(/=+$/, ''),
    Buffer.from(text).toString('base64url'),
    JSON.stringify(text).slice(1, -1),
  ]);
const SECRET_FORMS = formsOf(
  SECRET,
  `${credentials.clientId}:${SECRET}`,
  `${encode(credentials.clientId)}:${encode(SECRET)}`,
);
const FORMS = [...SECRET_FORMS, ...formsOf(TOKEN)];

/** Everything that can be printed of a value, private depths included. */
function printed(value: unknown): string {
  const json = (() => {
    try {
      return JSON.stringify(value) ?? '';
    } catch {
      return '';
    }
  })();
  const own =
    value instanceof Error
      ? `${value.stack} ${String(value.cause)} ${inspect(Object.getOwnPropertyDescriptors(value))}`
      : '';
  return [json, own, String(value), inspect(value, { depth: 20, showHidden: true, getters: true })].join('\n');
}

function expectClean(...values: unknown[]): void {
  for (const value of values) {
    const text = printed(value);
    for (const form of FORMS) expect(text.includes(form), `found ${form} in ${text.slice(0, 200)}…`).toBe(false);
  }
}

afterEach(() => void vi.unstubAllGlobals());

test('the search itself finds what is there', () => {
  expect(() => expectClean({ deep: { down: [SECRET] } })).toThrow();
  expect(() => expectClean(new Error(`it said ${base64(SECRET)}`))).toThrow();
});

async function used(options: WorkerTokenManagerOptions) {
  const events: unknown[] = [];
  vi.stubGlobal('window', new EventTarget());
  for (const name of ['worker-token-refreshed', 'workerTokenUpdated', 'storage']) {
    window.addEventListener(name, (event) => events.push(event, (event as CustomEvent).detail));
  }
  const logger = testLogger();
  const storage = createCredentialStorage({ tiers: [memoryTier()] });
  const changes: unknown[] = [];
  storage.shared.credentials.subscribe((event) => changes.push(event));
  storage.shared.token.subscribe((event) => changes.push(event));
  const manager = createWorkerTokenManager({
    logger,
    storage,
    legacyEvents: true,
    random: () => 0,
    retry: { baseDelayMs: 0 },
    ...options,
  });
  const snapshots: unknown[] = [];
  manager.subscribe(() => snapshots.push(manager.getSnapshot()));
  await manager.saveCredentials(credentials);
  return { manager, everything: () => [logger.lines, events, changes, snapshots, manager.getSnapshot(), manager] };
}

test('46. nothing that leaves the manager in normal use holds a secret or a token', async () => {
  const source: TokenSource = async () => ({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 });
  const { manager, everything } = await used({ tokenSource: source });
  expect(await manager.getWorkerToken()).toBe(TOKEN);
  await manager.refreshToken();
  const status = await manager.getStatus();
  const probe = await manager.testCredentials(credentials);
  await manager.invalidateToken(TOKEN);
  await manager.clearAll();
  expectClean(...everything(), status, probe);
});

const NO_ERROR = { secret: SECRET } as unknown as Error;
const says = (status: number, text: string) => async () => new Response(text, { status });
/** All that a server can repeat of what it was sent; a token it was not sent. */
const everyForm = [...SECRET_FORMS, TOKEN].join(' | ');

test.each<[string, () => Promise<Response>]>([
  [
    'an OAuth error that repeats the request',
    says(401, JSON.stringify({ error: 'invalid_client', error_description: everyForm.slice(0, 290) })),
  ],
  ['an error code that is the secret', says(400, JSON.stringify({ error: SECRET, error_description: SECRET }))],
  ['a platform error', says(404, JSON.stringify({ id: TOKEN, message: `no ${SECRET}` }))],
  ['a page', says(200, `<html>${everyForm}</html>`)],
  ['a token that never lives', says(200, JSON.stringify({ access_token: TOKEN, token_type: 'Bearer', expires_in: 0 }))],
  ['a token of another type', says(200, JSON.stringify({ access_token: TOKEN, token_type: SECRET }))],
  [
    'a network error that prints its request',
    () => Promise.reject(new TypeError(`POST ${everyForm}`, { cause: { headers: SECRET } })),
  ],
  [
    'an error like an HTTP client’s',
    () => Promise.reject(Object.assign(new Error(`failed ${SECRET}`), { config: { auth: SECRET, data: TOKEN } })),
  ],
  ['something thrown that is no error', () => Promise.reject(NO_ERROR)],
])('46. %s ends in an error without canaries', async (_, answer) => {
  for (const tokenSource of [directGrant(), proxyTokenSource('https://proxy.example/token')]) {
    const { manager, everything } = await used({ tokenSource, fetch: answer });
    const error: unknown = await manager.getWorkerToken().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'WorkerTokenError' });
    const probe = await manager.testCredentials(credentials);
    expectClean(error, probe, probe.error, ...everything(), await manager.getStatus());
    manager.dispose();
  }
});

test('46. refused input is not repeated in the error', async () => {
  const manager = createWorkerTokenManager();
  const wrong = [
    { ...credentials, environmentId: SECRET },
    { ...credentials, region: SECRET },
    { ...credentials, tokenEndpoint: `https://x:${SECRET}@y` },
    { ...credentials, authHost: SECRET },
    { ...credentials, tokenEndpointAuthMethod: SECRET as never },
    { ...credentials, clientSecret: { nested: SECRET } as never },
  ];
  for (const input of wrong) {
    const error: unknown = await manager.saveCredentials(input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'invalid-credentials' });
    expectClean(error);
  }
});

test('46. a logger is given no canary, whatever the text', async () => {
  const { manager, everything } = await used({
    tokenSource: () => Promise.reject(new Error(everyForm)),
  });
  await manager.getWorkerToken().catch(() => {});
  await manager.fetch(`https://api.pingone.com/v1`).catch(() => {});
  expectClean(...everything());
});

test('46. what tabs and processes tell one another holds no canary: messages, lock names, failures', async () => {
  const told: unknown[] = [];
  const channel = { onmessage: null, postMessage: (message: unknown) => told.push(message), close() {} };
  const tier = { ...memoryTier(), durable: true, source: 'browser' as const };
  const storage = createCredentialStorage({ tiers: [tier], channel, encryption: 'off' });
  const fleet = createFleet();
  const { run, failures } = fleet.join();
  const overheard: Coordinator = {
    exclusive: true,
    ...(failures ? { failures } : {}),
    run(name, options, work) {
      told.push(name, options);
      return run(name, options, work);
    },
  };
  let broken = true;
  const answer = async () =>
    broken
      ? Response.json({ error: 'invalid_client', error_description: everyForm.slice(0, 290) }, { status: 401 })
      : Response.json({ access_token: TOKEN, token_type: 'Bearer', expires_in: 60 });
  const { manager } = await used({ storage, coordination: overheard, tokenSource: directGrant(), fetch: answer });
  await manager.getWorkerToken().catch(() => {});
  expect(fleet.failures.size).toBe(1);
  told.push([...fleet.failures]);
  broken = false;
  expect(await manager.refreshToken()).toBe(TOKEN);
  await manager.invalidateToken(TOKEN);
  await manager.clearAll();
  expect(told.length).toBeGreaterThan(6);
  expectClean(...told);
});

test('46. neither does anything else that is public, printed whole', async () => {
  const { manager } = await used({ tokenSource: async () => ({ access_token: TOKEN, token_type: 'Bearer' }) });
  await manager.getWorkerToken();
  const errors = [401, 404, 503].map(
    (status) => new WorkerTokenError('server', redact(everyForm, [...secretsOf(credentials), TOKEN]), { status }),
  );
  const sources = [directGrant(), proxyTokenSource('https://p.example/t'), serverTokenSource('https://s.example/t')];
  const page = `<script>window.state=${JSON.stringify({ manager, state: manager.getSnapshot() })}</script>`;
  expectClean(manager, manager.storage, await manager.getStatus(), manager.getSnapshot(), page, ...errors, ...sources);
  expectClean(await manager.storage.listFlows(), manager.storage.status(), await manager.storage.exportAll());
});
