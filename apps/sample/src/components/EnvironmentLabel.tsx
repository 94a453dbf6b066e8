import { ActionButton, CodeText } from '@worker-token/ui-kit'
import { useWorkerCredentials } from '@worker-token/react'
import { workerTokenManager } from '../worker-token'

export function EnvironmentLabel() {
  const environmentId = useWorkerCredentials().credentials?.environmentId || ''

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
