/** Public entry of `@worker-token/react/devtools`: a panel in development builds, nothing in others. */
import type { ReactNode } from 'react';
import { Panel, type WorkerTokenDevtoolsProps } from './panel.js';

export type { WorkerTokenDevtoolsProps } from './panel.js';

/** Bundlers replace exactly `process.env.NODE_ENV`, and then drop what is not used. */
declare const process: { env: { NODE_ENV?: string } };

const Nothing = (_props: WorkerTokenDevtoolsProps): ReactNode => null;

/**
 * Flows, the worker token's timeline, other tabs, and ways to make things go wrong. Never a secret or a token. Put it below the
 * `<WorkerTokenProvider>`. In production builds it renders nothing, and nothing of it is in the bundle.
 */
export const WorkerTokenDevtools: (props: WorkerTokenDevtoolsProps) => ReactNode =
  process.env.NODE_ENV === 'development' ? Panel : Nothing;
