// Another tab saved while this form has edits: nothing is overwritten before the person has chosen.
import { ActionButton, Message } from '@worker-token/ui-kit';

export interface ConflictPromptProps {
  /** False: nothing is shown. */
  open: boolean;
  /** What is stored now, in a few words without a secret. */
  theirs: string;
  onTake: () => void;
  /** What keeping does, as the button says it. */
  keep: string;
  onKeep: () => void;
}

export function ConflictPrompt({ open, theirs, onTake, keep, onKeep }: ConflictPromptProps) {
  const text = `Another tab saved meanwhile: ${theirs}. Your edits here are not saved.`;
  return (
    <Message tone="warning" text={open ? text : ''}>
      <ActionButton size="small" onClick={onTake}>
        Take what is saved
      </ActionButton>
      <ActionButton size="small" onClick={onKeep}>
        {keep}
      </ActionButton>
    </Message>
  );
}
