/** Theme and colour scheme for everything below it. The browser's preference counts until the person chooses. */
import type { ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { theme } from './theme.js';

export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
