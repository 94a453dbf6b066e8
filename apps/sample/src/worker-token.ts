// The one place that configures the worker token manager; everything else imports it from here.
import { configureWorkerTokenManager, proxyTokenSource } from '@worker-token/manager';

configureWorkerTokenManager({
	legacy: { credentials: ['worker_credentials'] },
	tokenSource: proxyTokenSource('/api/client-credentials', { generation: 'nested' }),
});

export { workerTokenManager } from '@worker-token/manager';
