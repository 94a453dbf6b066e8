/** How far a piece of work is, in words for screen readers and as a bar for the eye. */
import { Progress } from '@mantine/core';

export function ProgressBar({ label, done, total }: { label: string; done: number; total: number }) {
  const percent = total === 0 ? 0 : Math.round((done / total) * 100);
  return (
    <Progress.Root size="lg" aria-label={label}>
      <Progress.Section value={percent} aria-label={`${label}: ${done} of ${total}`} />
    </Progress.Root>
  );
}
