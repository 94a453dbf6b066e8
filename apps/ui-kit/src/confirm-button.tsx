/** A button that asks before something is lost: the first press shows what will happen, the second does it. */
import { useState } from 'react';
import { ActionButton } from './action-button.js';
import { ButtonRow } from './button-row.js';

export interface ConfirmButtonProps {
  children: string;
  /** What the second button says, for example "Really clear 3 flows". */
  confirm: string;
  onConfirm: () => void;
  disabled?: boolean;
  size?: 'normal' | 'small';
}

export function ConfirmButton({ children, confirm, onConfirm, disabled = false, size = 'normal' }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <ActionButton kind="danger" size={size} disabled={disabled} onClick={() => setAsking(true)}>
        {children}
      </ActionButton>
    );
  }
  const answer = (work?: () => void) => () => {
    setAsking(false);
    work?.();
  };
  return (
    <ButtonRow>
      <ActionButton kind="danger" size={size} onClick={answer(onConfirm)}>
        {confirm}
      </ActionButton>
      <ActionButton size={size} onClick={answer()}>
        Keep
      </ActionButton>
    </ButtonRow>
  );
}
