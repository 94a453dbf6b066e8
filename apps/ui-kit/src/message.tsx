/**
 * Says what happened. The live region is there from the start and only its content changes, so that screen readers announce it;
 * errors interrupt (`alert`), everything else waits its turn (`status`).
 */
import { Alert } from '@mantine/core';

export interface MessageProps {
  /** Nothing is shown where it is empty. */
  text: string;
  tone?: 'success' | 'info' | 'warning' | 'error';
}

const COLORS = { success: 'teal', info: 'blue', warning: 'yellow', error: 'red' } as const;

export function Message({ text, tone = 'info' }: MessageProps) {
  return (
    <div role={tone === 'error' ? 'alert' : 'status'} className="live-region">
      {text ? (
        <Alert role="presentation" color={COLORS[tone]} variant="light" py="xs">
          {text}
        </Alert>
      ) : null}
    </div>
  );
}
