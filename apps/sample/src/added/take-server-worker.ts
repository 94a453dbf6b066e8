// The pages ask the manager which environment they are in: in server mode it is told what the server said, and no secret.
import { useEffect, useState } from 'react';
import { workerTokenManager } from '../worker-token';
import { serverWorker } from './server-mode';

/** Without server mode it does nothing. */
export async function takeServerWorker(): Promise<void> {
  if (serverWorker && !isTaken()) await workerTokenManager.saveCredentials(serverWorker);
}

/** False until the manager knows the server's worker app. */
export function useServerWorkerTaken(): boolean {
  const [taken, setTaken] = useState(isTaken);
  useEffect(() => {
    if (!taken) void takeServerWorker().then(() => setTaken(true));
  }, [taken]);
  return taken;
}

function isTaken(): boolean {
  if (!serverWorker) return true;
  const { environmentId, clientId, region } = serverWorker;
  const known = workerTokenManager.peekCredentials();
  if (!known || known.clientSecret) return false;
  return known.environmentId === environmentId && known.clientId === clientId && known.region === region;
}
