/** The one table of old keys, endpoints, helper names and events. Recognisers are in the files beside it. */
import type { LegacySignals } from './types.js';

const CREDENTIAL_KEYS = ['worker_credentials', 'pingone_worker_token_credentials', 'unified_worker_token_credentials'];
const TOKEN_KEYS = ['worker_token', 'pingone_worker_token'];
const EXPIRY_KEYS = ['worker_token_expires_at', 'pingone_worker_token_expires_at', 'worker_token_expiry'];
const ENDPOINTS = ['/api/client-credentials', '/as/token'];
const GLOBAL_FALLBACKS = ['credentialManager.getAllCredentials'];

/** Further names by preset: keys of one application family that others also use for something else. */
export const PRESETS: Readonly<Record<string, Partial<LegacySignals>>> = {
  'pingone-token': { tokenKeys: ['pingone_token'], expiryKeys: ['pingone_token_expiry'] },
  'pingone-credentials': { credentialKeys: ['pingone_credentials', 'pingone_local_credentials'] },
  'pingone-proxies': {
    endpoints: ['/api/pingone/token', '/api/pingone/get-token', '/api/auth/worker-token', '/api/token/worker'],
  },
};

/** Records near the worker token that cannot be moved by rule: one page's own copy, or token and secret in one record. */
export const RELATED_KEYS: readonly string[] = [
  ...['metrics', 'audit', 'webhooks'].flatMap((page) => [`worker_token_${page}`, `worker_token_${page}_expires_at`]),
  'unified_worker_token',
  'v8:worker_token',
  'worker-token-v9',
];

/** Keys that start like this belong to one flow. */
export const RELATED_PREFIXES: readonly string[] = [
  'pingone_worker_token_',
  'worker_token_metrics_',
  'worker_token_audit_',
  'worker_token_webhooks_',
];

/** Project helpers that answer "is there a token, and which one" from the old keys. */
export const AGGREGATOR_HELPERS: readonly string[] = ['getAnyWorkerToken', 'getValidWorkerToken', 'hasWorkerToken'];

/** Window events of the old protocol. */
export const LEGACY_EVENTS: readonly string[] = [
  'workerTokenUpdated',
  'workerTokenMetricsUpdated',
  'workerTokenAuditUpdated',
  'workerTokenWebhooksUpdated',
];

/** A fresh copy of the defaults, for the caller to add to. */
export function defaultSignals(): LegacySignals {
  return {
    credentialKeys: [...CREDENTIAL_KEYS],
    tokenKeys: [...TOKEN_KEYS],
    expiryKeys: [...EXPIRY_KEYS],
    endpoints: [...ENDPOINTS],
    globalFallbacks: [...GLOBAL_FALLBACKS],
    explicitKeys: [],
  };
}
