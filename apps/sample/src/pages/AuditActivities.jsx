import { useState } from 'react'
import { ActionButton, ButtonRow, DataTable, Message, Page, SelectField, StatusBadge } from '@worker-token/ui-kit'
import { auditToken } from '../api/auditToken'
import { getJson } from '../api/pingone'
import { AuditHint } from '../components/AuditHint'
import { toLegacyCredentials } from '@worker-token/manager'
import { workerTokenManager } from '../worker-token'

const DAYS = [
  { value: '1', label: 'Last day' },
  { value: '7', label: 'Last 7 days' },
  { value: '14', label: 'Last 14 days' },
]

const COLUMNS = [
  { header: 'Recorded', cell: (row) => new Date(row.recordedAt).toLocaleString() },
  { header: 'Action', cell: (row) => row.action.type },
  { header: 'Actor', cell: (row) => row.actors?.user?.name || row.actors?.client?.name || 'system' },
  { header: 'Result', cell: (row) => <StatusBadge tone={row.result.status === 'SUCCESS' ? 'good' : 'bad'}>{row.result.status}</StatusBadge> },
]

const range = (days) => {
  const now = Date.now()
  const from = new Date(now - Number(days) * 24 * 60 * 60 * 1000).toISOString()
  return `recordedAt ge "${from}" and recordedAt le "${new Date(now).toISOString()}"`
}

export function AuditActivities() {
  const [days, setDays] = useState('7')
  const [rows, setRows] = useState(null)
  const [error, setError] = useState('')
  const [busy, setBusy] = useState(false)

  function load() {
    setError('')
    setBusy(true)
    auditToken()
      .then((token) => {
        const worker = toLegacyCredentials(workerTokenManager.peekCredentials()) ?? {}
        const filter = encodeURIComponent(range(days))
        return getJson(`/environments/${worker.environmentId}/activities?filter=${filter}&limit=50`, token, worker.region || 'us')
      })
      .then((page) => setRows(page._embedded.activities))
      .catch((problem) => setError(problem.message))
      .finally(() => setBusy(false))
  }

  return (
    <Page title="Audit Activities" intro="What administrators and users did in the environment, newest first.">
      <AuditHint workerToken={workerTokenManager.peekToken() || ''} />
      <SelectField label="Period" value={days} options={DAYS} onChange={setDays} />
      <ButtonRow>
        <ActionButton kind="main" busy={busy} onClick={load}>
          Load activities
        </ActionButton>
      </ButtonRow>
      <Message tone="error" text={error} />
      {rows && <DataTable caption="Activities" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} empty="Nothing happened in this period." />}
    </Page>
  )
}
