// Everything that is stored here: which flows are configured, and ways to take it along, bring it in, or clear it.
import { Page } from '@worker-token/ui-kit';
import { ExportPanel } from './export-panel';
import { FlowsPanel } from './flows-panel';
import { ImportPanel } from './import-panel';
import { LegacyPanel } from './legacy-panel';
import { useStoredFlows } from './use-stored-flows';

export function ManageCredentials() {
  const { flows, reload } = useStoredFlows();
  return (
    <Page title="Manage credentials" intro="What this browser keeps, flow by flow. Values are never shown here.">
      <FlowsPanel flows={flows} onChanged={reload} />
      <ExportPanel />
      <ImportPanel onImported={reload} />
      <LegacyPanel onChanged={reload} />
    </Page>
  );
}
