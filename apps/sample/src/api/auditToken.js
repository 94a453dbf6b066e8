import { workerTokenManager } from '../worker-token'

// The audit page came from another team and brought its own way of getting a token.
const SAFETY = 60000

export function auditToken() {
  const have = workerTokenManager.peekToken()
  const until = workerTokenManager.getSnapshot().expiresAt ?? 0
  if (have && until - Date.now() > SAFETY) return Promise.resolve(have)

  const worker = workerTokenManager.peekCredentials() ?? {}
  if (!worker.clientId) return Promise.reject(new Error('Save the worker credentials first'))

  return workerTokenManager.getWorkerToken()
    .then((token) => {
      window.dispatchEvent(new CustomEvent('workerTokenUpdated'))
      return token
    })
}
