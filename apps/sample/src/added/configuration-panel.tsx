// The panel around the form of the worker. In server mode there is nothing to enter: it says what the server uses.
import type { ReactNode } from 'react';
import { CodeText, KeyValueCard, Note, Panel } from '@worker-token/ui-kit';
import { serverWorker, type ServerWorker } from './server-mode';

export function ConfigurationPanel({ title, children }: { title: string; children: ReactNode }) {
  return serverWorker ? <OnTheServer title={title} worker={serverWorker} /> : <Panel title={title}>{children}</Panel>;
}

function OnTheServer({ title, worker }: { title: string; worker: ServerWorker }) {
  return (
    <KeyValueCard
      title={title}
      facts={[
        { name: 'Environment ID', value: <CodeText>{worker.environmentId}</CodeText> },
        { name: 'Client ID', value: <CodeText>{worker.clientId}</CodeText> },
        { name: 'Region', value: worker.region },
        { name: 'Client secret', value: 'Stays on the server' },
      ]}
    >
      <Note>
        The server reads its worker app from the environment variables PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_ID,
        PINGONE_CLIENT_SECRET and PINGONE_REGION. To use another one, set them and start it again.
      </Note>
    </KeyValueCard>
  );
}
