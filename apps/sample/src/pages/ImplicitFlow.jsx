import { useState } from "react";
import { ActionButton, ButtonRow, CodeBlock, FieldGrid, Form, Message, Page, Panel, TextField } from "@worker-token/ui-kit";
import { FlowRecord } from "../added/flow-record";
import { useFlowForm } from "../added/use-flow-form";

const EMPTY = { environmentId: "", clientId: "", redirectUri: "", scopes: "openid profile" };

function authorizationUrl({ environmentId, clientId, redirectUri, scopes }) {
  const query = new URLSearchParams({ response_type: "token", client_id: clientId, redirect_uri: redirectUri, scope: scopes });
  return `https://auth.pingone.com/${environmentId}/as/authorize?${query}`;
}

export function ImplicitFlow() {
  const [config, setConfig, flow] = useFlowForm("oauth-implicit-v7", EMPTY);
  const [message, setMessage] = useState("");

  const change = (field) => (value) => setConfig((old) => ({ ...old, [field]: value }));

  const save = async () => {
    if (await flow.save()) setMessage("Implicit configuration saved");
  };

  const clear = async () => {
    if (await flow.clear()) setMessage("Implicit configuration cleared");
  };

  return (
    <Page
      title="Implicit Flow"
      label="Demonstration"
      intro="A flow with an application of its own: nothing here comes from the worker credentials. The grant is deprecated; new applications use the authorization code."
    >
      <Message tone="success" text={message} />
      <Panel title="Configuration of this flow">
        <FlowRecord flow={flow} />
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
