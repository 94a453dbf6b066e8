import { useState } from "react";
import { ActionButton, ButtonRow, DataTable, LineChart, Message, Page, Panel, SelectField } from "@worker-token/ui-kit";
import { identitiesPerDay, type DayCount } from "../lib/identityCounts";
import { metricsClient } from "../services/metricsClient";

const PERIODS = [
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
  { value: "90", label: "Last 90 days" },
];

const COLUMNS = [
  { header: "Day", cell: (row: DayCount) => row.day },
  { header: "Total identities", cell: (row: DayCount) => row.total ?? "–" },
  { header: "Active identities", cell: (row: DayCount) => row.active ?? "–" },
];

const DAY_MS = 24 * 60 * 60 * 1000;

export function IdentityMetrics() {
  const [period, setPeriod] = useState("30");
  const [days, setDays] = useState<DayCount[] | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);

  const load = async () => {
    setError("");
    setBusy(true);
    try {
      const from = new Date(Date.now() - Number(period) * DAY_MS);
      const [totals, active] = await Promise.all([metricsClient.totals(from), metricsClient.active(from)]);
      setDays(identitiesPerDay(totals, active));
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : "The counts could not be read");
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page title="Identity Metrics" intro="How many identities the environment has, and how many of them signed on.">
      {localStorage.getItem("worker_credentials") ? null : (
        <Message tone="warning" text="Save the worker credentials on Worker Token Flow first." />
      )}
      <SelectField label="Period" value={period} options={PERIODS} onChange={setPeriod} />
      <ButtonRow>
        <ActionButton kind="main" busy={busy} onClick={() => void load()}>
          Load metrics
        </ActionButton>
      </ButtonRow>
      <Message tone="error" text={error} />
      {days ? <Counts days={days} /> : null}
    </Page>
  );
}

function Counts({ days }: { days: DayCount[] }) {
  const points = days.map(({ day, total, active }) => ({ name: day, values: [total, active] }));
  return (
    <>
      <Panel>
        <LineChart label="Identities over time; the table below has the numbers" points={points} lines={["Total", "Active"]} />
      </Panel>
      <DataTable caption="Identities by day" columns={COLUMNS} rows={[...days].reverse()} rowKey={(row) => row.day} empty="No counts in this period." />
    </>
  );
}
