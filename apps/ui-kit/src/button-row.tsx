/** Buttons beside each other, wrapping where there is no room. */
import type { ReactNode } from 'react';
import { Group } from '@mantine/core';

export function ButtonRow({ children }: { children: ReactNode }) {
  return <Group gap="sm">{children}</Group>;
}
