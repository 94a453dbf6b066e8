/** How far a piece of work is, in words and as a bar. */
import { Progress, Stack, Text } from '@mantine/core';

export function ProgressBar({ label, done, total }: { label: string; done: number; total: number }) {
  const percent = total === 0 ? 0 : Math.round((done / total) * 100);
  const words = `${label}: ${done} of ${total}`;
  return (
    <Stack gap={4}>
      <Text fz="sm" className="numeric">
        {words}
      </Text>
      <Progress.Root size="lg" aria-label={label}>
        <Progress.Section value={percent} aria-label={words} />
      </Progress.Root>
    </Stack>
  );
}
