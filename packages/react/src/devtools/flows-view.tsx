/** Every flow that has a record: what it is called, where it is kept, how old it is. Never a value. */
import type { CredentialStorage, FlowSummary } from '@worker-token/storage';
import { type ReactNode, useCallback } from 'react';
import { span } from './times.js';
import { usePolled } from './use-polled.js';

interface Listing {
  readonly flows: readonly FlowSummary[];
  /** When they were listed, in milliseconds since 1970. */
  readonly at: number;
}

const NOTHING: Listing = { flows: [], at: 0 };

export function FlowsView({ storage }: { storage: CredentialStorage }): ReactNode {
  const list = useCallback(async () => ({ flows: await storage.listFlows(), at: Date.now() }), [storage]);
  const { flows, at } = usePolled<Listing>(list, NOTHING);
  const { tier, durable, encrypted, degraded = [] } = storage.status();
  return (
    <>
      <p>
        {`Kept in ${tier}, ${durable ? 'durable' : 'until the page is closed'}, ${encrypted ? 'encrypted' : 'plain'}.`}
      </p>
      {degraded.map(({ tier: name, reason }) => (
        <p key={`${name} ${reason}`} className="failure">{`${name}: ${reason}`}</p>
      ))}
      {flows.length === 0 ? <p>No flow has saved credentials.</p> : <FlowTable flows={flows} at={at} />}
    </>
  );
}

function FlowTable({ flows, at }: Listing): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          {['Flow', 'Tier', 'Revision', 'Age', 'Size', 'Encrypted', 'Problem'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {flows.map(({ flow, tier, revision, savedAt, size, encrypted, problem }) => (
          <tr key={flow}>
            <th scope="row">{flow}</th>
            <td>{tier}</td>
            <td>{revision}</td>
            <td>{savedAt === null ? '–' : span(at - savedAt)}</td>
            <td>{size}</td>
            <td>{encrypted ? 'yes' : 'no'}</td>
            <td className="wide failure">{problem?.message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
