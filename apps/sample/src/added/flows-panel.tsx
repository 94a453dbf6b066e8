// The list of flows, and the buttons that clear one or all of them.
import { useState } from 'react';
import { useCredentialStorage, useWorkerCredentials } from '@worker-token/react';
import { flowKey } from '@worker-token/storage';
import {
  ButtonRow,
  ConfirmButton,
  DataTable,
  Message,
  Note,
  Panel,
  StatusBadge,
  type Column,
} from '@worker-token/ui-kit';
import { serverWorker } from './server-mode';
import { takeServerWorker } from './take-server-worker';
import type { StoredFlow } from './use-stored-flows';

interface FlowsPanelProps {
  flows: readonly StoredFlow[] | null;
  onChanged: () => void;
}

export function FlowsPanel({ flows, onChanged }: FlowsPanelProps) {
  const storage = useCredentialStorage();
  const worker = useWorkerCredentials();
  const [said, setSaid] = useState('');

  const clear = (what: string, work: () => Promise<void>) => () => {
    void work().then(
      () => (setSaid(`${what} cleared`), onChanged()),
      (error: unknown) => setSaid(error instanceof Error ? error.message : `${what} could not be cleared`),
    );
  };

  const columns: Column<StoredFlow>[] = [
    { header: 'Flow', cell: ({ label }) => label },
    { header: 'Configured', cell: (flow) => <Configured {...flow} /> },
    { header: 'Saved', cell: ({ saved }) => (saved?.savedAt ? new Date(saved.savedAt).toLocaleString() : '–') },
    { header: 'Kept in', cell: ({ saved }) => saved?.tier ?? '–' },
    { header: 'Encrypted', cell: ({ saved }) => (saved ? (saved.encrypted ? 'yes' : 'no') : '–') },
    {
      header: 'Clear',
      cell: ({ key, label, saved }) =>
        saved && (
          <ConfirmButton
            size="small"
            confirm={`Really clear ${label}`}
            onConfirm={clear(label, () => storage.clearFlowCredentials(flowKey(key)))}
          >
            Clear
          </ConfirmButton>
        ),
    },
  ];

  return (
    <Panel title="Flows">
      <Note>
        {worker.status === 'ready'
          ? `Worker credentials: client ${worker.credentials.clientId}, ${serverWorker ? 'kept by the server' : 'shared by every page'}.`
          : 'Worker credentials: none yet. Enter them on Worker Token Flow.'}
      </Note>
      {flows && (
        <DataTable caption="Flows" columns={columns} rows={flows} rowKey={({ key }) => key} empty="There is no flow." />
      )}
      <ButtonRow>
        <ConfirmButton
          confirm="Really clear the worker credentials, the token and every flow"
          onConfirm={clear('Everything', async () => {
            await worker.clear();
            await storage.clearAll();
            await takeServerWorker();
          })}
        >
          Clear all
        </ConfirmButton>
      </ButtonRow>
      <Message text={said} />
    </Panel>
  );
}

function Configured({ saved, problem }: StoredFlow) {
  if (problem !== undefined) return <StatusBadge tone="bad">{problem}</StatusBadge>;
  return <StatusBadge tone={saved ? 'good' : 'neutral'}>{saved ? 'Configured' : 'Empty'}</StatusBadge>;
}
