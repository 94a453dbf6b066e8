/** A button. `busy` shows a spinner and keeps it from being pressed twice. */
import { Button } from '@mantine/core';

export interface ActionButtonProps {
  children: string;
  onClick?: () => void;
  /** `main` once per form, `plain` for the rest, `danger` where something is lost. */
  kind?: 'main' | 'plain' | 'danger';
  type?: 'button' | 'submit';
  busy?: boolean;
  disabled?: boolean;
  /** `small` beside text, as in the header. Default `normal`. */
  size?: 'normal' | 'small';
}

const LOOKS = {
  main: { variant: 'filled' },
  plain: { variant: 'default' },
  danger: { variant: 'light', color: 'red' },
} as const;

export function ActionButton(props: ActionButtonProps) {
  const { children, onClick, kind = 'plain', type = 'button', busy = false, disabled = false, size = 'normal' } = props;
  return (
    <Button
      {...LOOKS[kind]}
      size={size === 'small' ? 'compact-sm' : 'sm'}
      type={type}
      loading={busy}
      disabled={disabled}
      {...(onClick ? { onClick } : {})}
    >
      {children}
    </Button>
  );
}
