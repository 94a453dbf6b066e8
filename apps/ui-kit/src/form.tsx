/** A form that never leaves the page: Enter and the submit button call `onSubmit`. */
import type { ReactNode, SyntheticEvent } from 'react';
import { Stack } from '@mantine/core';

export function Form({ label, onSubmit, children }: { label: string; onSubmit: () => void; children: ReactNode }) {
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form aria-label={label} onSubmit={submit} noValidate>
      <Stack gap="md">{children}</Stack>
    </form>
  );
}
