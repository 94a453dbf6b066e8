/** Records behind a route: what is sent and where to, and what an answer is believed. */
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { conformanceCases } from '../src/conformance.js';
import { createCredentialStorage } from '../src/credential-storage.js';
import { InvalidTierOptionsError, StorageUnavailableError } from '../src/errors.js';
import { flowKey } from '../src/flow-key.js';
import { aesGcmCipher } from '../src/aes-gcm-cipher.js';
import { httpTier } from '../src/tiers/http-tier.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { startCredentialRoute, type CredentialRoute } from './credential-route.js';

const A = flowKey('flow-a');
const routes: CredentialRoute[] = [];
async function route(override?: RequestListener): Promise<CredentialRoute> {
  const started = await startCredentialRoute(memoryTier(), override);
  routes.push(started);
  return started;
}
const answering =
  (status: number, body = ''): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body);
afterEach(async () => {
  for (const started of routes.splice(0)) await started.close();
});

describe('the HTTP tier', () => {
  it.each(conformanceCases(async () => httpTier((await route()).url)))('$title', ({ run }) => run());

  it('lets two pages share a flow, and sees at each load what the other one saved', async () => {
    const { url } = await route();
    const [one, two] = [1, 2].map(() => createCredentialStorage({ tiers: [memoryTier(), httpTier(url)] })) as [
      ReturnType<typeof createCredentialStorage>,
      ReturnType<typeof createCredentialStorage>,
    ];
    await one.saveFlowCredentials(A, 1);
    expect(await two.loadFlowCredentials(A)).toMatchObject({ data: 1, source: 'server' });
    await one.saveFlowCredentials(A, 2);
    expect((await two.loadFlowCredentials(A)).data).toBe(2);
    expect(one.status()).toEqual({ tier: 'http', durable: true, encrypted: true });
    [one, two].forEach((storage) => storage.dispose());
  });

  it('satisfies required encryption, and hands a cipher’s work over sealed', async () => {
    const { url, seen } = await route();
    const plain = createCredentialStorage({ tiers: [httpTier(url)], encryption: 'required' });
    await plain.saveFlowCredentials(A, 'seen by the server');
    expect((await plain.loadFlowCredentials(A)).data).toBe('seen by the server');
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const sealed = createCredentialStorage({ tiers: [httpTier(url)], encryption: aesGcmCipher({ id: 'mine', key }) });
    await sealed.saveFlowCredentials(A, 'sealed');
    expect((await httpTier(url).get('flow_credentials_flow-a'))?.text).toContain('A256GCM:mine');
    expect(seen.every(({ headers }) => headers['x-worker-token'] === '1')).toBe(true);
  });

  it('puts no value into an address, and sends the headers it is given', async () => {
    const { url, seen } = await route();
    const tier = httpTier(url, { headers: async () => ({ Authorization: 'Bearer canary' }) });
    const storage = createCredentialStorage({ tiers: [tier] });
    await storage.saveFlowCredentials(A, 'canary');
    await storage.listFlows();
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.filter((request) => request.url.includes('canary'))).toEqual([]);
    expect(new Set(seen.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer canary']));
  });

  it.each([
    ['401', answering(401), 'answered 401: not allowed'],
    ['500 that quotes a secret', answering(500, 'canary'), 'answered 500.'],
    ['a redirect', (_, response) => response.writeHead(307, { Location: '/elsewhere' }).end(), ''],
    ['200 that is no JSON', answering(200, '<html>canary'), 'answered 200.'],
    ['200 with a forbidden key', answering(200, '{"__proto__":{"polluted":1}}'), 'answered 200.'],
    ['an answer that is cut off', (_, response) => response.destroy(), ''],
  ])('takes %s for a tier that is not to be had', async (_, override, message) => {
    const { url } = await route(override);
    const storage = createCredentialStorage({ tiers: [memoryTier(), httpTier(url)] });
    const saved = await storage.saveFlowCredentials(A, 'x');
    expect(saved).toMatchObject({
      tiers: ['memory'],
      failed: [{ tier: 'http', reason: expect.stringContaining(message) }],
    });
    expect(JSON.stringify([saved, storage.status()])).not.toContain('canary');
    expect((await storage.loadFlowCredentials(A)).data).toBe('x');
  });

  it('counts an answer of another shape as a damaged record', async () => {
    const { url } = await route(answering(200, '{"revision":"1","text":7}'));
    const { data, problem } = await createCredentialStorage({ tiers: [httpTier(url)] }).loadFlowCredentials(A);
    expect([data, problem?.kind]).toEqual([null, 'corrupt']);
  });

  it('gives up on a server that does not answer', async () => {
    const { url } = await route(() => {});
    await expect(httpTier(url, { timeoutMs: 20 }).get('flow_credentials_flow-a')).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it.each([
    'http://example.com/c',
    'ftp://localhost/c',
    '/relative',
    'https://u:p@example.com',
    'https://example.com?x=1',
  ])('is not made for %s', (url) => expect(() => httpTier(url)).toThrow(InvalidTierOptionsError));

  it.each(['https://example.com/c/', 'http://localhost:1/c', 'http://[::1]:1/c'])('is made for %s', (url) => {
    expect(httpTier(url).name).toBe('http');
  });

  it('rejects with an error of storage where the server is gone', async () => {
    const { url } = await route(answering(503));
    await expect(httpTier(url).keys('flow_credentials_')).rejects.toBeInstanceOf(StorageUnavailableError);
  });
});
