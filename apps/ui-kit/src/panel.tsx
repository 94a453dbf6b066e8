/** A bordered surface with an optional heading: what belongs together stands in one. */
import type { ReactNode } from 'react';
import { Card, Stack, Title } from '@mantine/core';

export function Panel({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Card withBorder padding="lg" className="surface" component="section">
      <Stack gap="md">
        {title ? (
          <Title order={2} fz="h4">
            {title}
          </Title>
        ) : null}
        {children}
      </Stack>
    </Card>
  );
}
