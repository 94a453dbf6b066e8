import { workerTokenManager } from '../worker-token'

// The audit page came from another team and brought its own way of getting a token.

export function auditToken() {
  const worker = workerTokenManager.peekCredentials() ?? {}
  if (!worker.clientId) return Promise.reject(new Error('Save the worker credentials first'))

  return workerTokenManager.getWorkerToken()
}
