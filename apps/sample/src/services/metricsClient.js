// Identity counts of the environment. Written by the reporting team.
import { getJson } from "../api/pingone";
import { toLegacyCredentials } from "@worker-token/manager";
import { workerTokenManager } from "../worker-token";

class MetricsClient {
  async ensureToken() {
    const token = await workerTokenManager.loadToken();
    const until = workerTokenManager.getSnapshot().expiresAt;
    if (token && until && Date.now() < until) return token;
    return this.requestToken();
  }

  async requestToken() {
    const raw = await workerTokenManager.loadCredentials();
    if (!raw) throw new Error("Save the worker credentials first");
    return workerTokenManager.getWorkerToken();
  }

  async get(path) {
    const token = await this.ensureToken();
    const worker = toLegacyCredentials(await workerTokenManager.loadCredentials()) ?? {};
    return getJson(`/environments/${worker.environmentId}${path}`, token, worker.region || "us");
  }

  /** Identities at the end of each day. */
  async totals(from) {
    const filter = encodeURIComponent(`startDate eq "${from.toISOString()}"`);
    const page = await this.get(`/totalIdentities?filter=${filter}`);
    return page._embedded.totalIdentities;
  }

  /** Identities that signed on, by day. */
  async active(from) {
    const filter = encodeURIComponent(`startDate ge "${from.toISOString()}"`);
    const page = await this.get(`/metrics/activeIdentityCounts?filter=${filter}&samplePeriod=DAY&limit=100`);
    return page._embedded.activeIdentityCounts;
  }
}

export const metricsClient = new MetricsClient();
