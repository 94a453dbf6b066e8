// Server mode: the server has the worker app, and its page says so in a `<meta>`. Without one the credentials are entered here.
import { serverTokenSource } from '@worker-token/manager';

/** What a page may know of the server's worker app. The secret is not among it. */
export interface ServerWorker {
  environmentId: string;
  clientId: string;
  region: string;
}

export const serverWorker: ServerWorker | null = workerOfPage();

/** For `configureWorkerTokenManager`: tokens come from the server's route, and old secrets of this browser are not taken over. */
export const serverModeOptions = serverWorker
  ? { tokenSource: serverTokenSource('/api/worker-token'), legacy: { credentials: [], tokens: [] } }
  : {};

function workerOfPage(): ServerWorker | null {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="server-worker"]');
  return meta && (JSON.parse(meta.content) as ServerWorker);
}
