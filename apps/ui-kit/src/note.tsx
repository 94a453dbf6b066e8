/** A quiet line about what stands beside it. Nothing is announced. */
import { Text } from '@mantine/core';

export function Note({ children }: { children: string }) {
  return children ? (
    <Text c="dimmed" fz="sm">
      {children}
    </Text>
  ) : null;
}
