import { REGIONS } from '@worker-token/storage';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { credentialsFromEnvironment, hasEnvironmentCredentials } from './environment-credentials.js';
import { ServerEnvironmentError } from './errors.js';

const SET = {
  PINGONE_ENVIRONMENT_ID: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
  PINGONE_CLIENT_ID: 'worker',
  PINGONE_CLIENT_SECRET: 'canary-secret',
};

afterEach(() => vi.unstubAllEnvs());

function failure(env: Record<string, string | undefined>): ServerEnvironmentError {
  try {
    credentialsFromEnvironment(env);
  } catch (error) {
    if (error instanceof ServerEnvironmentError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

describe('credentials from the environment', () => {
  it('need three variables; the region is NA and the method Basic where nothing else is said', () => {
    expect(credentialsFromEnvironment(SET)).toEqual({
      environmentId: SET.PINGONE_ENVIRONMENT_ID,
      clientId: 'worker',
      clientSecret: 'canary-secret',
      region: 'NA',
      tokenEndpointAuthMethod: 'client_secret_basic',
    });
  });

  it('take everything else where it is set', () => {
    const more = {
      PINGONE_REGION: 'Europe',
      PINGONE_AUTH_METHOD: 'CLIENT_SECRET_POST',
      PINGONE_SCOPES: 'a b',
      PINGONE_AUTH_HOST: 'login.example.com',
      PINGONE_TOKEN_ENDPOINT: 'https://elsewhere.example/as/token',
    };
    expect(credentialsFromEnvironment({ ...SET, ...more })).toMatchObject({
      region: 'EU',
      tokenEndpointAuthMethod: 'client_secret_post',
      scopes: ['a', 'b'],
      authHost: 'login.example.com',
      tokenEndpoint: 'https://elsewhere.example/as/token',
    });
  });

  it.each(Object.keys(REGIONS))('know the region %s', (region) => {
    expect(credentialsFromEnvironment({ ...SET, PINGONE_REGION: region }).region).toBe(region);
  });

  it('come from the process by default, without the line end that files put behind them', () => {
    expect(hasEnvironmentCredentials()).toBe(false);
    for (const [name, value] of Object.entries(SET)) vi.stubEnv(name, `${value}\n`);
    expect(hasEnvironmentCredentials()).toBe(true);
    expect(credentialsFromEnvironment().clientSecret).toBe('canary-secret');
  });

  it('are refused with the names of all that is missing', () => {
    const { message, variables, code } = failure({ ...SET, PINGONE_CLIENT_ID: ' ', PINGONE_CLIENT_SECRET: undefined });
    expect([variables, code]).toEqual([['PINGONE_CLIENT_ID', 'PINGONE_CLIENT_SECRET'], 'server-environment']);
    expect(message).toContain('PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET');
  });

  it.each([
    ['PINGONE_REGION', 'MARS-canary'],
    ['PINGONE_AUTH_METHOD', 'magic-canary'],
  ])('are refused with the name of %s, and not with what it holds', (name, value) => {
    const { message, variables } = failure({ ...SET, [name]: value });
    expect(variables).toEqual([name]);
    expect(message).toContain(name);
    expect(message).not.toContain('canary');
  });
});
