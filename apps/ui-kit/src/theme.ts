/** Colours, radius and type of both apps. Components take their looks from here and set none themselves. */
import { createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, "Liberation Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", ui-monospace, "SF Mono", "Liberation Mono", "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});
