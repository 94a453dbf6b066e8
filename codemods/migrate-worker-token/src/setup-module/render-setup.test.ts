import { describe, expect, it } from 'vitest';
import type { SetupModule } from '../types.js';
import { renderSetup } from './render-setup.js';

const setup: SetupModule = {
  path: '/app/src/worker-token.ts',
  component: 'setup',
  language: 'ts',
  module: 'esm',
  style: { quote: "'", semicolons: true, indent: '  ', eol: '\n' },
  keys: [
    { key: 'worker_credentials', holds: 'credentials', status: 'migrated', component: 'a' },
    { key: 'worker_token', holds: 'token', status: 'migrated', component: 'b' },
  ],
  requests: [
    { kind: 'direct', url: 'https://auth.pingone.com/x/as/token', generation: 'flat', component: 'a' },
    { kind: 'proxy', url: '/api/client-credentials', generation: 'nested', component: 'b' },
  ],
};

describe('renderSetup', () => {
  it('names the migrated keys, prefers the proxy, and hands the default manager on', () => {
    expect(renderSetup(setup)).toMatchInlineSnapshot(`
      "// The one place that configures the worker token manager; everything else imports it from here.
      import { configureWorkerTokenManager, proxyTokenSource } from '@worker-token/manager';

      configureWorkerTokenManager({
        legacy: { credentials: ['worker_credentials'], tokens: ['worker_token'] },
        tokenSource: proxyTokenSource('/api/client-credentials', { generation: 'nested' }),
      });

      export { workerTokenManager } from '@worker-token/manager';
      "
    `);
  });

  it('leaves out what was taken back, and bridges a key whose other site is left', () => {
    const keys = [...setup.keys, { ...setup.keys[0]!, component: 'c' }];
    const text = renderSetup({ ...setup, keys }, new Set(['b', 'c']));
    expect(text).toContain(`{ credentials: ['worker_credentials'], bridge: ['worker_credentials'] }`);
    expect(text).toContain('directGrant()');
  });

  it('never turns the taking-over off with an empty list', () => {
    expect(renderSetup({ ...setup, keys: [setup.keys[1]!], requests: [] })).toContain(
      `legacy: { tokens: ['worker_token'] }`,
    );
    expect(renderSetup({ ...setup, keys: [], requests: [] })).toContain('configureWorkerTokenManager({});');
  });

  it('follows the style of the project', () => {
    const style = { quote: '"', semicolons: false, indent: '\t', eol: '\r\n' } as const;
    const text = renderSetup({ ...setup, module: 'cjs', style });
    expect(text).toContain(
      'const { configureWorkerTokenManager, proxyTokenSource, workerTokenManager } = require("@worker-token/manager")\r\n',
    );
    expect(text).toContain('\r\nmodule.exports = { workerTokenManager }\r\n');
  });
});
