// Above the form of a flow: when and where its record was saved, another tab's save, and the environment on request.
import { useState } from 'react';
import { useWorkerCredentials } from '@worker-token/react';
import { ActionButton, ButtonRow, Message, Note } from '@worker-token/ui-kit';
import { ConflictPrompt } from './conflict-prompt';
import { savedText } from './saved-text';
import type { FlowForm } from './use-flow-form';
import { useStoredFlows } from './use-stored-flows';

interface Configuration {
  environmentId: string;
  clientId: string;
}

export function FlowRecord({ flow }: { flow: FlowForm<Configuration> }) {
  const { flows } = useStoredFlows();
  const { conflict, savedAt } = flow.stored;
  const summary = flows?.find(({ key }) => key === flow.key)?.saved;
  const empty = 'Nothing is saved for this flow. Fill the fields in and save.';
  const said = flow.stored.status === 'unhydrated' ? '' : savedText(savedAt, summary) || empty;
  return (
    <>
      <ConflictPrompt
        open={conflict !== null}
        theirs={conflict?.theirs ? `client ${conflict.theirs.clientId || 'without an id'}` : 'it was cleared'}
        onTake={flow.takeTheirs}
        keep="Keep mine and save"
        onKeep={() => void flow.saveMine()}
      />
      <Message tone="error" text={flow.problem} />
      <CopyFromConfiguration onCopy={flow.fill}>{conflict ? '' : said}</CopyFromConfiguration>
    </>
  );
}

interface CopyProps {
  onCopy: (fields: Partial<Configuration>) => void;
  /** A line beside the button. */
  children: string;
}

/** Only the environment is taken, and only when the button is pressed: client and secret of the worker are never another flow's. */
function CopyFromConfiguration({ onCopy, children }: CopyProps) {
  const { credentials } = useWorkerCredentials();
  const [said, setSaid] = useState('');
  const copy = () => {
    if (credentials === null) {
      setSaid('There is no worker configuration yet. Enter it on Worker Token Flow.');
      return;
    }
    onCopy({ environmentId: credentials.environmentId });
    setSaid('The environment was copied and waits for you to save. The client stays this flow’s own.');
  };
  return (
    <>
      <ButtonRow>
        <ActionButton onClick={copy}>Copy from configuration</ActionButton>
        <Note>{children}</Note>
      </ButtonRow>
      <Message text={said} />
    </>
  );
}
