// Reads what is stored anew whenever a record changes, here or in another tab.
import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useCredentialStorage } from '@worker-token/react';
import { flowKey } from '@worker-token/storage';
import { KNOWN_FLOWS } from './known-flows';
import { STORED } from './query-client';

export function useRereadStored(): void {
  const storage = useCredentialStorage();
  const client = useQueryClient();
  useEffect(() => {
    const reread = () => void client.invalidateQueries({ queryKey: STORED });
    const undo = [
      storage.shared.credentials.subscribe(reread),
      ...KNOWN_FLOWS.map(({ key }) => storage.subscribe(flowKey(key), reread)),
    ];
    return () => undo.forEach((leave) => leave());
  }, [storage, client]);
}
