/** A short state with a colour. The words carry the meaning, the colour only repeats it. */
import { Badge } from '@mantine/core';

export interface StatusBadgeProps {
  tone: 'good' | 'warning' | 'bad' | 'neutral';
  children: string;
}

const COLORS = { good: 'teal', warning: 'yellow', bad: 'red', neutral: 'gray' } as const;

export function StatusBadge({ tone, children }: StatusBadgeProps) {
  return (
    <Badge
      color={COLORS[tone]}
      variant="light"
      size="lg"
      tt="none"
      fw={600}
      className="status-badge numeric"
      data-tone={tone}
    >
      {children}
    </Badge>
  );
}
