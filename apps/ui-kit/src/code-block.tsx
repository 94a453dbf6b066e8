/** Several lines as they are: a request, an address. Whoever passes text in answers for there being no secret in it. */
import { Code } from '@mantine/core';

export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <Code block aria-label={label} role="region" tabIndex={0} fz="sm" className="code-block">
      {text}
    </Code>
  );
}
