// Reads an export: shows what it would change, and changes it when told to.
import { useState } from 'react';
import { useCredentialStorage } from '@worker-token/react';
import type { ImportReport } from '@worker-token/storage';
import {
  ActionButton,
  ButtonRow,
  DataTable,
  FileField,
  Message,
  Panel,
  SecretField,
  type Column,
} from '@worker-token/ui-kit';

type Row = ImportReport['records'][number];

const COLUMNS: Column<Row>[] = [
  { header: 'Record', cell: ({ key }) => key },
  { header: 'What happens', cell: ({ action }) => action },
  {
    header: 'Left out of the file',
    cell: ({ leftOut }) => leftOut.map((path) => path || 'the whole value').join(', ') || 'nothing',
  },
];

export function ImportPanel({ onImported }: { onImported: () => void }) {
  const storage = useCredentialStorage();
  const [text, setText] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [report, setReport] = useState<ImportReport | null>(null);
  const [error, setError] = useState('');

  const run = (dryRun: boolean) => () => {
    setError('');
    setReport(null);
    storage.importAll(text, { dryRun, ...(passphrase ? { passphrase } : {}) }).then(
      (done) => {
        setReport(done);
        if (!dryRun) onImported();
      },
      (problem: unknown) => setError(problem instanceof Error ? problem.message : 'The import failed'),
    );
  };

  return (
    <Panel title="Import">
      <FileField label="Export file" accept=".json" onText={(next) => (setText(next), setReport(null))} />
      <SecretField
        label="Passphrase of the file"
        value={passphrase}
        onChange={setPassphrase}
        hint="Only for a file with secrets."
      />
      <ButtonRow>
        <ActionButton disabled={text === null} onClick={run(true)}>
          Show what would change
        </ActionButton>
        <ActionButton disabled={text === null} onClick={run(false)}>
          Import
        </ActionButton>
      </ButtonRow>
      <Message
        tone="error"
        text={[error, ...(report?.problems ?? []).map(({ reason }) => reason)].filter(Boolean).join(' ')}
      />
      <Message tone="success" text={report && !report.dryRun ? 'Imported' : ''} />
      {report && (
        <DataTable
          caption={report.dryRun ? 'What the import would do' : 'What the import did'}
          columns={COLUMNS}
          rows={report.records}
          rowKey={({ key }) => key}
          empty="The file has no record."
        />
      )}
    </Panel>
  );
}
