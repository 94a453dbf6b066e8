import type { WorkerForm } from "../types";

/** One place for what the pages ask about the worker app. (It was meant to become the only one.) */
class WorkerSession {
  private readonly KEY = "worker_credentials";

  load(): WorkerForm | null {
    try {
      const text = localStorage.getItem(this.KEY);
      return text ? JSON.parse(text) : null;
    } catch {
      return null;
    }
  }

  async clear(): Promise<void> {
    localStorage.removeItem(this.KEY);
    localStorage.removeItem("worker_token");
    localStorage.removeItem("worker_token_expires_at");
  }

  hasToken(): boolean {
    return !!localStorage.getItem("worker_token");
  }
}

export const workerSession = new WorkerSession();
