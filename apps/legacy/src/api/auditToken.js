// The audit page came from another team and brought its own way of getting a token.
const SAFETY = 60000

export function auditToken() {
  const have = localStorage.getItem('worker_token')
  const until = parseInt(localStorage.getItem('worker_token_expires_at') || '0', 10)
  if (have && until - Date.now() > SAFETY) return Promise.resolve(have)

  const worker = JSON.parse(localStorage.getItem('worker_credentials') || '{}')
  if (!worker.clientId) return Promise.reject(new Error('Save the worker credentials first'))

  return fetch('/api/client-credentials', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      environmentId: worker.environmentId,
      clientId: worker.clientId,
      clientSecret: worker.clientSecret,
      region: worker.region,
    }),
  })
    .then((response) => response.json().then((data) => ({ ok: response.ok, data })))
    .then(({ ok, data }) => {
      if (!ok) throw new Error(data.error_description || data.error || 'No token')
      localStorage.setItem('worker_token', data.access_token)
      localStorage.setItem('worker_token_expires_at', String(Date.now() + data.expires_in * 1000))
      window.dispatchEvent(new CustomEvent('workerTokenUpdated'))
      return data.access_token
    })
}
