// Below the form of the worker: when and where it was saved, whether it works, and another tab's save.
import { useMutation } from '@tanstack/react-query';
import { toWorkerTokenCredentials, type TokenProbe } from '@worker-token/manager';
import { useWorkerCredentials } from '@worker-token/react';
import { ActionButton, ButtonRow, Message, Note } from '@worker-token/ui-kit';
import { timeLeftText } from '../lib/tokenExpiry';
import type { WorkerForm } from '../types';
import { ConflictPrompt } from './conflict-prompt';
import { savedText } from './saved-text';
import { useSavedElsewhere } from './use-saved-elsewhere';
import { useWorkerRecord, type WorkerRecordFacts } from './use-worker-record';

interface WorkerRecordProps {
  /** What the form shows now. */
  form: WorkerForm;
  /** The form should show this instead. */
  onTake: (form: WorkerForm) => void;
}

export function WorkerRecord({ form, onTake }: WorkerRecordProps) {
  const elsewhere = useSavedElsewhere(form, onTake);
  const record = useWorkerRecord();
  const worker = useWorkerCredentials();
  const probe = useMutation({ mutationFn: () => worker.test(toWorkerTokenCredentials(form)) });
  return (
    <>
      <ConflictPrompt
        open={elsewhere.conflict}
        theirs={elsewhere.saved.clientId ? `client ${elsewhere.saved.clientId}` : 'it was cleared'}
        onTake={elsewhere.take}
        keep="Keep mine"
        onKeep={elsewhere.keep}
      />
      <ButtonRow>
        <ActionButton busy={probe.isPending} onClick={() => probe.mutate()}>
          Test connection
        </ActionButton>
        <Note>{record ? recordText(record) : ''}</Note>
      </ButtonRow>
      <Message tone="success" text={probe.data?.ok ? successText(probe.data) : ''} />
      <Message tone="error" text={probe.data?.error?.message ?? probe.error?.message ?? ''} />
    </>
  );
}

const NOTHING = 'Nothing is saved yet. Enter environment, client and secret of a worker app, and save.';

/** What is as it should be is not worth a word. */
function recordText({ savedAt, durable, exclusive, ...place }: WorkerRecordFacts): string {
  return [
    savedText(savedAt, place) || NOTHING,
    durable ? '' : 'It is gone when the page is left.',
    exclusive ? '' : 'Each tab requests a token of its own.',
  ]
    .filter(Boolean)
    .join(' ');
}

function successText({ expiresIn }: TokenProbe): string {
  const life = expiresIn === undefined ? '' : `, good for ${timeLeftText(expiresIn)}`;
  return `The connection works: PingOne issued a token${life}. Nothing was saved.`;
}
