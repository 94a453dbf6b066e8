// Worker credentials that older programs left in this browser: shows what is there, takes it over, and puts it back.
import { useState } from 'react';
import { useCredentialStorage } from '@worker-token/react';
import {
  createLegacyBackup,
  LEGACY_CREDENTIAL_KEYS,
  migrateLegacyCredentials,
  rollBackLegacyMigration,
} from '@worker-token/storage';
import { ActionButton, ButtonRow, Message, Note, Panel } from '@worker-token/ui-kit';

const backup = createLegacyBackup();

export function LegacyPanel({ onChanged }: { onChanged: () => void }) {
  const storage = useCredentialStorage();
  const [said, setSaid] = useState('');
  const [error, setError] = useState('');

  const run = (work: () => Promise<string>) => () => {
    setError('');
    setSaid('');
    work().then(
      (text) => (setSaid(text), onChanged()),
      (problem: unknown) => setError(problem instanceof Error ? problem.message : 'It did not work'),
    );
  };
  const migrate = async (dryRun: boolean) => {
    const { moved, problems } = await migrateLegacyCredentials(storage, { dryRun, backup });
    const found = [...moved, ...problems.map(({ key, reason }) => `${key} (stays: ${reason})`)].join(', ');
    if (!found) return 'No old record was found.';
    return dryRun ? `Found: ${found}` : `Taken over: ${found}`;
  };
  const restore = async () => {
    const { restored, problems } = await rollBackLegacyMigration(storage, { backup });
    const trouble = problems.map(({ key, reason }) => `${key}: ${reason}`).join(' ');
    return restored.length > 0
      ? `Restored: ${restored.join(', ')} ${trouble}`
      : trouble || 'There is no backup in this tab.';
  };

  return (
    <Panel title="Old records">
      <Note>{`Looks for ${LEGACY_CREDENTIAL_KEYS.join(', ')} in this browser. The backup lives as long as this tab.`}</Note>
      <ButtonRow>
        <ActionButton onClick={run(() => migrate(true))}>Look for old records</ActionButton>
        <ActionButton onClick={run(() => migrate(false))}>Take them over</ActionButton>
        <ActionButton onClick={run(restore)}>Restore from the backup</ActionButton>
      </ButtonRow>
      <Message text={said} />
      <Message tone="error" text={error} />
    </Panel>
  );
}
