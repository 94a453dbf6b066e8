/** A short technical value: an id, an address, a key. */
import { Code } from '@mantine/core';

export function CodeText({ children }: { children: string }) {
  return <Code fz="sm">{children}</Code>;
}
