// Identity counts of the environment. Written by the reporting team.
import { getJson } from "../api/pingone";

const KEYS = { worker: "worker_credentials", token: "worker_token", until: "worker_token_expires_at" };

class MetricsClient {
  async ensureToken() {
    const token = localStorage.getItem(KEYS.token);
    const until = localStorage.getItem(KEYS.until);
    if (token && until && Date.now() < Number(until)) return token;
    return this.requestToken();
  }

  async requestToken() {
    const raw = localStorage.getItem(KEYS.worker);
    if (!raw) throw new Error("Save the worker credentials first");
    const { environmentId, clientId, clientSecret, region } = JSON.parse(raw);
    const response = await fetch("/api/client-credentials", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ environmentId, clientId, clientSecret, region }),
    });
    if (!response.ok) throw new Error(`The token request failed with ${response.status}`);
    const data = await response.json();
    localStorage.setItem(KEYS.token, data.access_token);
    localStorage.setItem(KEYS.until, String(Date.now() + data.expires_in * 1000));
    return data.access_token;
  }

  async get(path) {
    const token = await this.ensureToken();
    const worker = JSON.parse(localStorage.getItem(KEYS.worker) || "{}");
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
