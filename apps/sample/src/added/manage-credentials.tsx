// Everything that is stored here: which flows are configured, and ways to take it along, bring it in, or clear it.
import { Note, Page } from '@worker-token/ui-kit';
import { ExportPanel } from './export-panel';
import { FlowsPanel } from './flows-panel';
import { ImportPanel } from './import-panel';
import { LegacyPanel } from './legacy-panel';
import { serverWorker } from './server-mode';
import { useStoredFlows } from './use-stored-flows';

export function ManageCredentials() {
  const { flows, reload } = useStoredFlows();
  return (
    <Page title="Manage credentials" intro="What this browser keeps, flow by flow. Values are never shown here.">
      <FlowsPanel flows={flows} onChanged={reload} />
      <ExportPanel />
      {serverWorker ? (
        <Note>Nothing is imported here: a file or an old record could bring a secret into this browser.</Note>
      ) : (
        <>
          <ImportPanel onImported={reload} />
          <LegacyPanel onChanged={reload} />
        </>
      )}
    </Page>
  );
}
