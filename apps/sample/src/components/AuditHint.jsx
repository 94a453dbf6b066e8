import { Message } from '@worker-token/ui-kit'

export function AuditHint({ workerToken }) {
  return <Message text={workerToken ? '' : 'There is no token yet; loading will request one.'} />
}
