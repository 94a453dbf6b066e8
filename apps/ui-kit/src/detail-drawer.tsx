/** One thing in full, beside the page. Escape and the button close it, and the keyboard's place comes back. */
import { Drawer } from '@mantine/core';
import { CodeBlock } from './code-block.js';
import { KeyValueCard, type Fact } from './key-value-card.js';

export interface DetailDrawerProps {
  title: string;
  open: boolean;
  onClose: () => void;
  facts: readonly Fact[];
  /** Everything else, as it came. */
  raw?: unknown;
}

export function DetailDrawer({ title, open, onClose, facts, raw }: DetailDrawerProps) {
  return (
    <Drawer
      opened={open}
      onClose={onClose}
      title={title}
      position="right"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close the details' }}
    >
      <KeyValueCard title="In short" facts={facts} />
      {raw === undefined ? null : <CodeBlock label="As PingOne sent it" text={JSON.stringify(raw, null, 2)} />}
    </Drawer>
  );
}
