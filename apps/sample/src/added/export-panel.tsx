// Writes everything into a file: without secrets, or sealed with a passphrase.
import { useState } from 'react';
import { useCredentialStorage } from '@worker-token/react';
import { ActionButton, ButtonRow, Message, Panel, SecretField } from '@worker-token/ui-kit';

export function ExportPanel() {
  const storage = useCredentialStorage();
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState('');

  const save = () => {
    setError('');
    storage
      .exportAll(passphrase ? { passphrase } : {})
      .then((file) => download('worker-token-export.json', JSON.stringify(file, null, 2)))
      .catch((problem: unknown) => setError(problem instanceof Error ? problem.message : 'The export failed'));
  };

  return (
    <Panel title="Export">
      <SecretField
        label="Passphrase of the export"
        value={passphrase}
        onChange={setPassphrase}
        hint="At least 12 characters. Empty: secrets are left out of the file."
      />
      <Message
        tone="warning"
        text={
          passphrase
            ? 'The file will hold every secret, sealed. Whoever has file and passphrase has your worker app.'
            : ''
        }
      />
      <ButtonRow>
        <ActionButton onClick={save}>{passphrase ? 'Export with secrets' : 'Export without secrets'}</ActionButton>
      </ButtonRow>
      <Message tone="error" text={error} />
    </Panel>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
