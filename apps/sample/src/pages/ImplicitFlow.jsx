import { useState } from "react";
import { useFlowCredentials } from "@worker-token/react";
import { flowKey } from "@worker-token/storage";
import { ActionButton, ButtonRow, CodeBlock, FieldGrid, Form, Message, Page, Panel, TextField } from "@worker-token/ui-kit";

const FLOW = flowKey("oauth-implicit-v7");
const EMPTY = { environmentId: "", clientId: "", redirectUri: "", scopes: "openid profile" };

function authorizationUrl({ environmentId, clientId, redirectUri, scopes }) {
  const query = new URLSearchParams({ response_type: "token", client_id: clientId, redirect_uri: redirectUri, scope: scopes });
  return `https://auth.pingone.com/${environmentId}/as/authorize?${query}`;
}

export function ImplicitFlow() {
  const { value, ...flow } = useFlowCredentials(FLOW);
  const [edits, setEdits] = useState({});
  const config = { ...EMPTY, ...value, ...edits };
  const [message, setMessage] = useState("");

  const change = (field) => (value) => setEdits((old) => ({ ...old, [field]: value }));

  const save = async () => {
    await flow.save(config);
    setEdits({});
    setMessage("Implicit configuration saved");
  };

  const clear = async () => {
    await flow.clear();
    setEdits({});
    setMessage("Implicit configuration cleared");
  };

  return (
    <Page
      title="Implicit Flow"
      label="Demonstration"
      intro="A flow with an application of its own: nothing here comes from the worker credentials. The grant is deprecated; new applications use the authorization code."
    >
      <Message tone="success" text={message} />
      <Panel title="Configuration of this flow">
        <Form label="Implicit configuration" onSubmit={save}>
          <FieldGrid>
            <TextField label="Environment ID" value={config.environmentId} onChange={change("environmentId")} />
            <TextField label="Client ID" value={config.clientId} onChange={change("clientId")} />
            <TextField label="Redirect URI" value={config.redirectUri} onChange={change("redirectUri")} />
            <TextField label="Scopes" value={config.scopes} onChange={change("scopes")} />
          </FieldGrid>
          <ButtonRow>
            <ActionButton kind="main" type="submit">
              Save
            </ActionButton>
            <ActionButton kind="danger" onClick={clear}>
              Clear
            </ActionButton>
          </ButtonRow>
        </Form>
      </Panel>
      {config.environmentId && config.clientId ? (
        <CodeBlock label="Authorization request" text={authorizationUrl(config)} />
      ) : (
        <Message text="Enter the environment and the client of this flow to see its authorization request." />
      )}
    </Page>
  );
}
