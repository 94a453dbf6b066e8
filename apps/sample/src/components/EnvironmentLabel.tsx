import { useEffect, useState } from 'react'
import { ActionButton, CodeText } from '@worker-token/ui-kit'
import { workerTokenManager } from '../worker-token'

export function EnvironmentLabel() {
  const [environmentId, setEnvironmentId] = useState(() => {
    const credentials = workerTokenManager.peekCredentials()
    return credentials?.environmentId || ''
  })

  useEffect(() => {
    const reread = () => {
      const credentials = workerTokenManager.peekCredentials()
      setEnvironmentId(credentials?.environmentId || '')
    }
    const onStorage = () => {
      reread()
    }
    const unsubscribe = workerTokenManager.subscribe(onStorage)
    window.addEventListener('workerCredentialsUpdated', reread)
    return () => {
      unsubscribe()
      window.removeEventListener('workerCredentialsUpdated', reread)
    }
  }, [])

  const forget = async () => {
    await workerTokenManager.clearAll()
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
