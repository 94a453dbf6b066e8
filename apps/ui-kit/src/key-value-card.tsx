/** Facts about one thing, as a list of names and values. */
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { Panel } from './panel.js';

export interface Fact {
  name: string;
  value: ReactNode;
}

export interface KeyValueCardProps {
  title: string;
  facts: readonly Fact[];
  /** What can be done with the thing: buttons below the facts. */
  children?: ReactNode;
}

export function KeyValueCard({ title, facts, children }: KeyValueCardProps) {
  return (
    <Panel title={title}>
      <dl className="fact-list">
        {facts.map(({ name, value }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd className="numeric">{value}</dd>
          </Fragment>
        ))}
      </dl>
      {children}
    </Panel>
  );
}
