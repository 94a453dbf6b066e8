/** How much of a quota is used, in words and as a bar. */
import { Progress, Stack, Text } from '@mantine/core';

export interface UsageBarProps {
  label: string;
  used: number;
  /** Null: there is no limit. */
  limit: number | null;
}

const NEARLY = 80;

export function UsageBar({ label, used, limit }: UsageBarProps) {
  const percent = limit ? Math.min(100, Math.round((used / limit) * 100)) : 0;
  const words = limit === null ? `${used}, no limit` : `${used} of ${limit} (${percent} %)`;
  return (
    <Stack gap={4}>
      <Text fz="sm" className="numeric">{`${label}: ${words}`}</Text>
      <Progress.Root size="lg">
        <Progress.Section
          value={percent}
          color={percent >= NEARLY ? 'orange' : 'indigo'}
          aria-label={`${label}: ${words}`}
        />
      </Progress.Root>
    </Stack>
  );
}
