import { useEffect, useState } from 'react'
import { ActionButton, ButtonRow, DataTable, KeyValueCard, Message, Page, Panel, StatusBadge, UsageBar } from '@worker-token/ui-kit'
import { readLicensing } from '../api/licensing'

const LICENSE_COLUMNS = [
  { header: 'Licence', cell: (row) => row.name },
  { header: 'Package', cell: (row) => row.package },
  { header: 'Status', cell: (row) => <StatusBadge tone={row.status === 'ACTIVE' ? 'good' : 'neutral'}>{row.status}</StatusBadge> },
  { header: 'From', cell: (row) => day(row.beginsAt) },
  { header: 'To', cell: (row) => day(row.expiresAt) },
]

const ENVIRONMENT_COLUMNS = [
  { header: 'Environment', cell: (row) => row.name },
  { header: 'Type', cell: (row) => row.type },
  { header: 'Region', cell: (row) => row.region },
]

const day = (date) => (date ? new Date(date).toISOString().slice(0, 10) : '–')

export function OrganizationLicensing() {
  const [licensing, setLicensing] = useState(null)
  const [error, setError] = useState('')
  const [busy, setBusy] = useState(false)
  const [configured] = useState(() => localStorage.getItem('worker_credentials') !== null)

  const load = async () => {
    setError('')
    setBusy(true)
    try {
      setLicensing(await readLicensing())
    } catch (problem) {
      setError(problem.message)
    } finally {
      setBusy(false)
    }
  }

  // Shown at once where there is a token already.
  useEffect(() => {
    if (localStorage.getItem('worker_token')) readLicensing().then(setLicensing).catch((problem) => setError(problem.message))
  }, [])

  return (
    <Page title="Organization Licensing" intro="What the organization has bought, and how much of it is used.">
      {configured ? null : <Message tone="warning" text="Save the worker credentials on Worker Token Flow first." />}
      <ButtonRow>
        <ActionButton kind="main" busy={busy} onClick={load}>
          Load licensing
        </ActionButton>
      </ButtonRow>
      <Message tone="error" text={error} />
      {licensing && <Licensing {...licensing} />}
    </Page>
  )
}

function Licensing({ organization, licenses, environments, users }) {
  const active = licenses.find((license) => license.status === 'ACTIVE')
  return (
    <>
      <KeyValueCard
        title={organization.name}
        facts={[
          { name: 'Type', value: organization.type },
          { name: 'Since', value: day(organization.createdAt) },
        ]}
      />
      {active && (
        <Panel title={`Quotas of ${active.name}`}>
          <UsageBar label="Environments" used={environments.length} limit={active.environments?.max ?? null} />
          <UsageBar label="Users" used={users} limit={active.users?.max ?? null} />
        </Panel>
      )}
      <DataTable caption="Licences" columns={LICENSE_COLUMNS} rows={licenses} rowKey={(row) => row.id} empty="There is no licence." />
      <DataTable caption="Environments" columns={ENVIRONMENT_COLUMNS} rows={environments} rowKey={(row) => row.id} empty="There is no environment." />
    </>
  )
}
