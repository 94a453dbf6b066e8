import type { WorkerForm } from "../types";
import { toLegacyCredentials } from "@worker-token/manager";
import { workerTokenManager } from "../worker-token";

/** One place for what the pages ask about the worker app. (It was meant to become the only one.) */
class WorkerSession {
  load(): WorkerForm | null {
    try {
      return toLegacyCredentials(workerTokenManager.peekCredentials());
    } catch {
      return null;
    }
  }

  async clear(): Promise<void> {
    await workerTokenManager.clearAll();
  }

  hasToken(): boolean {
    return !!workerTokenManager.peekToken();
  }
}

export const workerSession = new WorkerSession();
