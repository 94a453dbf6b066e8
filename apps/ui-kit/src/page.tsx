/** A page: its title, a line that says what it is for, and its content in one column. */
import type { ReactNode } from 'react';
import { Badge, Group, Stack, Text, Title } from '@mantine/core';

export interface PageProps {
  title: string;
  /** What the page is for, in a sentence. */
  intro?: ReactNode;
  /** A short label beside the title, for example "Demonstration". */
  label?: string;
  children: ReactNode;
}

export function Page({ title, intro, label, children }: PageProps) {
  return (
    <Stack gap="lg">
      <div>
        <Group gap="sm">
          <Title order={1} fz="h2">
            {title}
          </Title>
          {label ? <Badge variant="outline">{label}</Badge> : null}
        </Group>
        {intro ? (
          <Text c="dimmed" mt={6} maw={720}>
            {intro}
          </Text>
        ) : null}
      </div>
      {children}
    </Stack>
  );
}
