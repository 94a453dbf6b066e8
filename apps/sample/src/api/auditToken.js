import { workerTokenManager } from '../worker-token.js'

// The audit page came from another team and brought its own way of getting a token.
export function auditToken() {
  if (!workerTokenManager.peekCredentials()?.clientId) return Promise.reject(new Error('Save the worker credentials first'))
  return workerTokenManager.getWorkerToken()
}
