/** The frame around every page: header, navigation, content. It knows no router: links are drawn with the component it is given. */
import { createElement, type ElementType, type ReactNode } from 'react';
import { AppShell, Burger, Group, NavLink, ScrollArea, Stack, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ColorSchemeToggle } from './color-scheme-toggle.js';
import { KeyIcon } from './key-icon.js';

export interface AppLink {
  to: string;
  label: string;
  /** One short line under the label. */
  description?: string;
}

export interface AppFrameProps {
  title: string;
  links: readonly AppLink[];
  /** The path that is shown now. */
  current: string;
  /** Draws a link; gets `to`. React Router's or TanStack's `Link`, for example. */
  link: ElementType;
  /** Stands on the right of the header, before the colour-scheme toggle. */
  status?: ReactNode;
  /** Stands above every page, where it says something. */
  notice?: ReactNode;
  children: ReactNode;
}

export function AppFrame({ title, links, current, link, status, notice, children }: AppFrameProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 264, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <AppShell.Header className="surface">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
            <ThemeIcon size="lg" variant="filled" aria-hidden="true">
              <KeyIcon />
            </ThemeIcon>
            <Text fw={650}>{title}</Text>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <Group gap="sm" wrap="nowrap" visibleFrom="md">
              {status}
            </Group>
            <ColorSchemeToggle />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className="surface" aria-label="Pages">
        <AppShell.Section component={ScrollArea} grow>
          {links.map(({ to, label, description }) => (
            <NavLink
              key={to}
              renderRoot={(props: object) => createElement(link, { ...props, to })}
              label={label}
              description={description}
              active={to === current}
              aria-current={to === current ? 'page' : undefined}
              onClick={close}
              className="page-link"
              classNames={{ description: 'page-link-description' }}
              mb={4}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          ))}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Stack maw={980} gap="lg">
          {notice}
          {children}
        </Stack>
      </AppShell.Main>
    </AppShell>
  );
}
