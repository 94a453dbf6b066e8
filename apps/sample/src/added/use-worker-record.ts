// When the worker credentials were saved, and where they are kept. Not the credentials.
import { useQuery } from '@tanstack/react-query';
import { useWorkerTokenManager } from '@worker-token/react';
import type { WorkerTokenManager } from '@worker-token/manager';
import { STORED } from './query-client';
import { useRereadStored } from './use-reread-stored';

export interface WorkerRecordFacts {
  /** Milliseconds since 1970; null where nothing is saved. */
  savedAt: number | null;
  tier: string;
  durable: boolean;
  encrypted: boolean;
  /** All tabs together make one token request. */
  exclusive: boolean;
}

export function useWorkerRecord(): WorkerRecordFacts | undefined {
  const manager = useWorkerTokenManager();
  useRereadStored();
  return useQuery({
    queryKey: [...STORED, 'worker'],
    queryFn: () => factsOf(manager),
    networkMode: 'always',
  }).data;
}

async function factsOf(manager: WorkerTokenManager): Promise<WorkerRecordFacts> {
  const [record, { storage, exclusive }] = await Promise.all([
    manager.storage.shared.credentials.load(),
    manager.getStatus(),
  ]);
  return { savedAt: record.data && record.savedAt, ...storage, exclusive };
}
