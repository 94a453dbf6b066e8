import { useRef, useState } from "react";
import { ActionButton, ButtonRow, DataTable, FileField, Form, Message, Page, Panel, ProgressBar, StatusBadge, TextAreaField } from "@worker-token/ui-kit";
import { lookUpOne } from "../api/bulkLookup";
import { getToken } from "../api/requestToken";
import { csvOf, identifiersOf } from "../lib/csv";
import { saveFile } from "../lib/saveFile";
import { useWorkerToken } from "@worker-token/react";

interface Row {
  identifier: string;
  result: string;
  username?: string;
  email?: string;
}

const AT_ONCE = 4;
/** Rows are shown in batches: a render for each of a thousand rows would be slower than the requests. */
const BATCH = 25;
const COLUMNS = [
  { header: "Identifier", cell: (row: Row) => row.identifier },
  { header: "Result", cell: (row: Row) => <StatusBadge tone={row.result === "Found" ? "good" : "neutral"}>{row.result}</StatusBadge> },
  { header: "Username", cell: (row: Row) => row.username ?? "" },
  { header: "Email", cell: (row: Row) => row.email ?? "" },
];

const CSV_COLUMNS = ["identifier", "result", "username", "email"];

export function BulkUserLookup() {
  const token = useWorkerToken({ autoFetch: false }).token ?? "";
  const [text, setText] = useState("");
  const [rows, setRows] = useState<Row[]>([]);
  const [total, setTotal] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const cancelled = useRef(false);

  const run = async () => {
    const waiting = identifiersOf(text);
    const found: Row[] = [];
    cancelled.current = false;
    setRows([]);
    setError("");
    setTotal(waiting.length);
    setBusy(true);
    try {
      await getToken();
      const worker = async () => {
        for (let next = waiting.shift(); next && !cancelled.current; next = waiting.shift()) {
          found.push(await lookUpOne(next));
          if (found.length % BATCH === 0) setRows([...found]);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
    } finally {
      setRows([...found]);
      setBusy(false);
    }
  };

  return (
    <Page title="Bulk User Lookup" intro="Looks many users up, a few at a time. Identifiers are usernames or emails.">
      <Panel>
        <Form label="Bulk lookup" onSubmit={() => void run()}>
          <TextAreaField
            label="Identifiers"
            value={text}
            onChange={setText}
            hint={token ? "One per line, or separated by commas." : "One per line, or separated by commas. A token is requested first."}
          />
          <FileField label="CSV file" accept=".csv,.txt" hint="With a column identifier, email or username; else the first column counts." onText={(file) => setText(file ?? "")} />
          <ButtonRow>
            <ActionButton kind="main" type="submit" busy={busy} disabled={text.trim() === ""}>
              Look up all
            </ActionButton>
            <ActionButton disabled={!busy} onClick={() => (cancelled.current = true)}>
              Cancel
            </ActionButton>
            <ActionButton disabled={busy || rows.length === 0} onClick={() => saveFile("users.csv", "text/csv", csvOf(CSV_COLUMNS, rows))}>
              Export as CSV
            </ActionButton>
          </ButtonRow>
        </Form>
      </Panel>
      <Message tone="error" text={error} />
      {total > 0 ? <ProgressBar label="Users looked up" done={rows.length} total={total} /> : null}
      {rows.length > 0 ? <DataTable caption="Results" columns={COLUMNS} rows={rows} rowKey={(row) => row.identifier} empty="" /> : null}
    </Page>
  );
}
