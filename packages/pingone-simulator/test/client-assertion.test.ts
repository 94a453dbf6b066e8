import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { describe, expect, it } from 'vitest';
import { DEMO, type SimulatedApp } from '../src/index.js';
import { startClient } from './client.js';

const clientId = 'd1a2b3c4-0000-4000-8000-000000000002';
const clientSecret = 'a-made-up-secret-of-more-than-thirty-two-bytes';
const issuer = `https://auth.pingone.com/${DEMO.environmentId}/as`;
const app: SimulatedApp = { clientId, clientSecret, environmentId: DEMO.environmentId };

const assertionForm = async (
  key: CryptoKey | Uint8Array,
  alg: string,
  aud: string,
): Promise<Record<string, string>> => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: await new SignJWT({})
    .setProtectedHeader({ alg })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(aud)
    .setJti(crypto.randomUUID())
    .setExpirationTime('1 minute')
    .sign(key),
});

describe('client assertions', () => {
  it('accepts client_secret_jwt for the issuer and for the address of the token endpoint, each only once', async () => {
    const { requestToken, url, simulator } = await startClient({ apps: [{ ...app, method: 'client_secret_jwt' }] });
    const key = new TextEncoder().encode(clientSecret);
    for (const aud of [issuer, `${url}/auth/na/${DEMO.environmentId}/as/token`]) {
      const form = await assertionForm(key, 'HS256', aud);
      expect((await requestToken({ method: 'none', form })).status).toBe(200);
      expect((await requestToken({ method: 'none', form })).status).toBe(401);
    }
    expect(simulator.requests[0]).toMatchObject({
      authentication: 'assertion',
      clientId,
      form: { client_assertion: '[secret]' },
    });
  });

  it('accepts private_key_jwt with a key of the app, and no other', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256' }] };
    const { requestToken } = await startClient({ apps: [{ ...app, method: 'private_key_jwt', jwks }] });
    const good = await requestToken({ method: 'none', form: await assertionForm(privateKey, 'RS256', issuer) });
    expect(good.status).toBe(200);
    const stranger = await generateKeyPair('RS256');
    const bad = await requestToken({ method: 'none', form: await assertionForm(stranger.privateKey, 'RS256', issuer) });
    expect(bad.body.error).toBe('invalid_client');
    const secret = await requestToken({ clientId, clientSecret });
    expect(secret.body.error_description).toContain('Unsupported authentication method');
  });
});
