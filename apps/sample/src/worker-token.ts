// The one place that configures the worker token manager; everything else imports it from here.
import { configureWorkerTokenManager, proxyTokenSource } from '@worker-token/manager';
import { serverModeOptions } from './added/server-mode';

configureWorkerTokenManager({
  legacy: { credentials: ['worker_credentials'], tokens: ['worker_token', 'worker_token_expires_at'] },
  tokenSource: proxyTokenSource('/api/client-credentials', { generation: 'nested' }),
  ...serverModeOptions,
});

export { workerTokenManager } from '@worker-token/manager';
