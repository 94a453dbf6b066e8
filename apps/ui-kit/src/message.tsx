/**
 * Says what happened. The live region is there from the start and only its content changes, so that screen readers announce it;
 * errors interrupt (`alert`), everything else waits its turn (`status`).
 */
import type { ReactNode } from 'react';
import { Alert, Stack } from '@mantine/core';
import { ButtonRow } from './button-row.js';

export interface MessageProps {
  /** Nothing is shown where it is empty. */
  text: string;
  tone?: 'success' | 'info' | 'warning' | 'error';
  /** What can be done about it: buttons below the text. */
  children?: ReactNode;
}

const COLORS = { success: 'teal', info: 'blue', warning: 'yellow', error: 'red' } as const;

export function Message({ text, tone = 'info', children }: MessageProps) {
  return (
    <div role={tone === 'error' ? 'alert' : 'status'} className="live-region">
      {text ? (
        <Alert role="presentation" color={COLORS[tone]} variant="light" py="xs">
          {children ? (
            <Stack gap="xs">
              {text}
              <ButtonRow>{children}</ButtonRow>
            </Stack>
          ) : (
            text
          )}
        </Alert>
      ) : null}
    </div>
  );
}
