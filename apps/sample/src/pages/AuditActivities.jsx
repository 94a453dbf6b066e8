import { useState } from 'react'
import { ActionButton, ButtonRow, DataTable, DetailDrawer, FieldGrid, Message, Page, SelectField, StatusBadge, TextField } from '@worker-token/ui-kit'
import { ACTIONS, activityPage } from '../api/activities'
import { AuditHint } from '../components/AuditHint'
import { workerTokenManager } from '../worker-token'

const ANY = 'any'
const ACTION_OPTIONS = [{ value: ANY, label: 'Any action' }, ...ACTIONS.map((value) => ({ value, label: value }))]
const RESULT_OPTIONS = [
  { value: ANY, label: 'Any result' },
  { value: 'SUCCESS', label: 'Success' },
  { value: 'FAILED', label: 'Failed' },
]
const DAY_MS = 24 * 60 * 60 * 1000

const dayBefore = (days) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
const actorOf = (row) => row.actors?.user?.name || row.actors?.client?.name || 'system'
const tone = (row) => (row.result.status === 'SUCCESS' ? 'good' : 'bad')

const factsOf = (row) => [
  { name: 'Recorded', value: new Date(row.recordedAt).toLocaleString() },
  { name: 'Action', value: row.action.type },
  { name: 'Actor', value: actorOf(row) },
  { name: 'Resources', value: row.resources?.map(({ name, type }) => `${type} ${name}`).join(', ') || 'none' },
  { name: 'Result', value: row.result.description },
]

export function AuditActivities() {
  const [from, setFrom] = useState(() => dayBefore(7))
  const [to, setTo] = useState(() => dayBefore(0))
  const [action, setAction] = useState(ANY)
  const [result, setResult] = useState(ANY)
  const [rows, setRows] = useState(null)
  const [next, setNext] = useState(null)
  const [shown, setShown] = useState(null)
  const [error, setError] = useState('')
  const [busy, setBusy] = useState(false)

  const load = (query, before) => {
    setError('')
    setBusy(true)
    activityPage(query)
      .then((page) => {
        setRows([...before, ...page.activities])
        setNext(page.cursor)
      })
      .catch((problem) => setError(problem.message))
      .finally(() => setBusy(false))
  }
  const start = () => load({ from, to, action: action === ANY ? null : action }, [])

  const columns = [
    { header: 'Recorded', cell: (row) => new Date(row.recordedAt).toLocaleString() },
    { header: 'Action', cell: (row) => row.action.type },
    { header: 'Actor', cell: actorOf },
    { header: 'Result', cell: (row) => <StatusBadge tone={tone(row)}>{row.result.status}</StatusBadge> },
    {
      header: 'Details',
      cell: (row) => (
        <ActionButton size="small" onClick={() => setShown(row)}>
          Details
        </ActionButton>
      ),
    },
  ]
  const visible = rows?.filter((row) => result === ANY || row.result.status === result)

  return (
    <Page title="Audit Activities" intro="What administrators and users did in the environment, newest first.">
      <AuditHint workerToken={workerTokenManager.peekToken() || ''} />
      <FieldGrid>
        <TextField label="From (UTC)" value={from} onChange={setFrom} placeholder="2026-01-31" />
        <TextField label="To (UTC)" value={to} onChange={setTo} placeholder="2026-01-31" />
        <SelectField label="Action" value={action} options={ACTION_OPTIONS} onChange={setAction} />
        <SelectField label="Result" value={result} options={RESULT_OPTIONS} onChange={setResult} />
      </FieldGrid>
      <ButtonRow>
        <ActionButton kind="main" busy={busy} onClick={start}>
          Load activities
        </ActionButton>
        <ActionButton disabled={next === null} onClick={() => load({ cursor: next }, rows)}>
          Load more
        </ActionButton>
      </ButtonRow>
      <Message tone="error" text={error} />
      {visible && <DataTable caption={`Activities: ${visible.length} of ${rows.length} loaded`} columns={columns} rows={visible} rowKey={(row) => row.id} empty="Nothing happened in this period." />}
      <DetailDrawer title="Activity" open={shown !== null} onClose={() => setShown(null)} facts={shown ? factsOf(shown) : []} raw={shown ?? undefined} />
    </Page>
  )
}
