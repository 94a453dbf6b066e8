/** Form fields side by side where there is room, below each other where there is not. */
import type { ReactNode } from 'react';
import { SimpleGrid } from '@mantine/core';

export function FieldGrid({ children }: { children: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="sm">
      {children}
    </SimpleGrid>
  );
}
