// What is stored for each flow, as a list: the app's own flows first, saved or not, and then whatever else is there.
import { useCallback } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCredentialStorage } from '@worker-token/react';
import type { FlowSummary } from '@worker-token/storage';
import { KNOWN_FLOWS } from './known-flows';
import { STORED } from './query-client';
import { useRereadStored } from './use-reread-stored';

export interface StoredFlow {
  key: string;
  label: string;
  /** Null: nothing is saved. */
  saved: Pick<FlowSummary, 'savedAt' | 'tier' | 'encrypted' | 'size'> | null;
  /** What was found wrong with the record. */
  problem?: string;
}

export function useStoredFlows(): { flows: readonly StoredFlow[] | null; reload: () => void } {
  const storage = useCredentialStorage();
  const client = useQueryClient();
  useRereadStored();
  const { data = null } = useQuery({
    queryKey: [...STORED, 'flows'],
    queryFn: () => storage.listFlows(),
    select: joined,
    networkMode: 'always',
  });
  const reload = useCallback(() => void client.invalidateQueries({ queryKey: STORED }), [client]);
  return { flows: data, reload };
}

function joined(summaries: readonly FlowSummary[]): StoredFlow[] {
  const labels = new Map(KNOWN_FLOWS.map(({ key, label }) => [key, label]));
  const stored = new Map(summaries.map((summary) => [summary.flow as string, summary]));
  const keys = [...new Set([...labels.keys(), ...stored.keys()])];
  return keys.map((key) => {
    const summary = stored.get(key);
    const problem = summary?.problem?.message;
    return {
      key,
      label: labels.get(key) ?? key,
      saved: summary ?? null,
      ...(problem === undefined ? {} : { problem }),
    };
  });
}
