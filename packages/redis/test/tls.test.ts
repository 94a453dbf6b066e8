/** `rediss:`: with both clients over TLS, by a certificate made for this test; and an authority that did not sign it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkerTokenManager } from '@worker-token/manager';
import { createCredentialStorage, memoryTier } from '@worker-token/storage';
import { redisCoordinator } from '../src/redis-coordinator.js';
import { CLIENTS, openClient, type ClientName, type ConnectOptions } from './clients.js';
import { KEY } from './fleet-context.js';
import { freePort, redisServer, startRedis, type TestRedis } from './redis-server.js';
import { SECRET_CANARY, startTokenEndpoint, type TokenEndpoint } from './token-endpoint.js';

const forLoopback = () =>
  generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });

describe.skipIf(!redisServer)('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-token-tls-'));
  let ca: string;
  let url: string;
  let redis: TestRedis;
  let endpoint: TokenEndpoint;
  beforeAll(async () => {
    const { cert, private: key } = await forLoopback();
    ca = cert;
    writeFileSync(join(folder, 'cert.pem'), cert);
    writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 });
    const port = await freePort();
    url = `rediss://127.0.0.1:${port}`;
    const files = ['--tls-cert-file', join(folder, 'cert.pem'), '--tls-key-file', join(folder, 'key.pem')];
    redis = await startRedis('--tls-port', String(port), ...files, '--tls-auth-clients', 'no');
    endpoint = await startTokenEndpoint();
  });
  afterAll(async () => {
    await Promise.all([redis.dispose(), endpoint.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function member(name: ClientName, prefix: string, options: ConnectOptions) {
    const { redis: client, close } = openClient(name, url, options);
    const coordinator = redisCoordinator({ redis: client, prefix, key: () => Buffer.from(KEY, 'hex') });
    const manager = createWorkerTokenManager({
      storage: createCredentialStorage({ tiers: [memoryTier()] }),
      coordination: coordinator,
      allowedTokenHosts: [new URL(endpoint.url).host],
    });
    await manager.saveCredentials({
      environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
      clientId: 'worker-client-1',
      clientSecret: SECRET_CANARY,
      tokenEndpoint: endpoint.url,
    });
    return { manager, coordinator, close: () => (manager.dispose(), close()) };
  }

  it.each(CLIENTS)('%s shares one token', async (name) => {
    endpoint.reset();
    const members = [await member(name, name, { ca }), await member(name, name, { ca })];
    await Promise.all(members.map(({ coordinator }) => coordinator.ready(30_000)));
    const tokens = await Promise.all(members.map(({ manager }) => manager.getWorkerToken()));
    members.forEach(({ close }) => close());
    expect(tokens[0]).toBe(tokens[1]);
    expect(endpoint.requests).toBe(1);
  });

  it.each(CLIENTS)('%s does without a Redis whose certificate it does not trust', async (name) => {
    endpoint.reset();
    const { cert: stranger } = await forLoopback();
    const { manager, coordinator, close } = await member(name, `${name}-stranger`, { ca: stranger, again: false });
    const isReady = await coordinator.ready(500);
    const token = await manager.getWorkerToken();
    close();
    expect(isReady).toBe(false);
    expect(token).toBeTruthy();
    expect(endpoint.requests).toBe(1);
  });
});
