// Below the form of the worker: when and where it was saved, whether it works, and another tab's save.
import { useMutation } from '@tanstack/react-query';
import { toWorkerTokenCredentials, type TokenProbe } from '@worker-token/manager';
import { useWorkerCredentials } from '@worker-token/react';
import { ActionButton, ButtonRow, Message, Note } from '@worker-token/ui-kit';
import { timeLeftText } from '../lib/tokenExpiry';
import type { WorkerForm } from '../types';
import { ConflictPrompt } from './conflict-prompt';
import { placeText, savedText } from './saved-text';
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

function recordText({ savedAt, durable, exclusive, ...place }: WorkerRecordFacts): string {
  const saved =
    savedText(savedAt, place) || `Nothing is saved yet. It will be kept in this browser: ${placeText(place)}.`;
  const lost = durable ? '' : ' It is gone when the page is left.';
  return `${saved}${lost} ${exclusive ? 'All tabs share one token request.' : 'Each tab requests its own token.'}`;
}

function successText({ expiresIn }: TokenProbe): string {
  const life = expiresIn === undefined ? '' : `, good for ${timeLeftText(expiresIn)}`;
  return `The connection works: PingOne issued a token${life}. Nothing was saved.`;
}
