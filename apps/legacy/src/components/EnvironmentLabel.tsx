import { useEffect, useState } from 'react'
import { ActionButton, CodeText } from '@worker-token/ui-kit'

export function EnvironmentLabel() {
  const [environmentId, setEnvironmentId] = useState(() => {
    const saved = localStorage.getItem('worker_credentials')
    const credentials = saved ? JSON.parse(saved) : null
    return credentials?.environmentId || ''
  })

  useEffect(() => {
    const reread = () => {
      const saved = localStorage.getItem('worker_credentials')
      const credentials = saved ? JSON.parse(saved) : null
      setEnvironmentId(credentials?.environmentId || '')
    }
    const onStorage = (event: StorageEvent) => {
      if (event.key === 'worker_credentials') reread()
    }
    window.addEventListener('storage', onStorage)
    window.addEventListener('workerCredentialsUpdated', reread)
    return () => {
      window.removeEventListener('storage', onStorage)
      window.removeEventListener('workerCredentialsUpdated', reread)
    }
  }, [])

  const forget = async () => {
    localStorage.removeItem('worker_credentials')
    localStorage.removeItem('worker_token')
    localStorage.removeItem('worker_token_expires_at')
    window.location.reload()
  }

  if (!environmentId) return null
  return (
    <>
      <span aria-label="Environment" role="group">
        <CodeText>{environmentId}</CodeText>
      </span>
      <ActionButton size="small" onClick={() => void forget()}>
        Forget worker
      </ActionButton>
    </>
  )
}
