import { regionCode } from "../config/regions";
import { toLegacyCredentials } from "@worker-token/manager";
import { workerTokenManager } from "../worker-token";

const WAIT_AT_MOST = 10;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** One row of the result; never throws. */
export async function lookUpOne(identifier) {
  const worker = toLegacyCredentials(await workerTokenManager.loadCredentials()) ?? {};
  const quoted = JSON.stringify(identifier);
  const filter = encodeURIComponent(`email eq ${quoted} or username eq ${quoted}`);
  const url = `/api/pingone/v1/environments/${worker.environmentId}/users?filter=${filter}`;
  const region = regionCode(worker.region || "us");

  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await workerTokenManager.fetch(url, { headers: { "X-PingOne-Region": region, "X-Requested-With": "worker-token" } });
    if (response.status === 429) {
      await pause(Math.min(Number(response.headers.get("Retry-After")) || 1, WAIT_AT_MOST));
      continue;
    }
    if (!response.ok) return { identifier, result: `Error ${response.status}` };
    const page = await response.json();
    const user = page._embedded.users[0];
    return user ? { identifier, result: "Found", username: user.username, email: user.email } : { identifier, result: "Not found" };
  }
  return { identifier, result: "Too many requests" };
}
