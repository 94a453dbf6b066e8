import { regionCode } from "../config/regions";
import { getToken } from "./requestToken";

const WAIT_AT_MOST = 10;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** One row of the result; never throws. */
export async function lookUpOne(identifier) {
  const text = localStorage.getItem("worker_credentials");
  const worker = JSON.parse(text || "{}");
  const quoted = JSON.stringify(identifier);
  const filter = encodeURIComponent(`email eq ${quoted} or username eq ${quoted}`);
  const url = `/api/pingone/v1/environments/${worker.environmentId}/users?filter=${filter}`;
  const region = regionCode(worker.region || "us");

  for (let attempt = 0; attempt < 5; attempt++) {
    const auth = localStorage.getItem("worker_token")
      ? { Authorization: `Bearer ${localStorage.getItem("worker_token")}` }
      : {};
    const response = await fetch(url, { headers: { "X-PingOne-Region": region, ...auth } });
    if (response.status === 429) {
      await pause(Math.min(Number(response.headers.get("Retry-After")) || 1, WAIT_AT_MOST));
      continue;
    }
    if (response.status === 401) {
      localStorage.removeItem("worker_token");
      localStorage.removeItem("worker_token_expires_at");
      await getToken();
      continue;
    }
    if (!response.ok) return { identifier, result: `Error ${response.status}` };
    const page = await response.json();
    const user = page._embedded.users[0];
    return user ? { identifier, result: "Found", username: user.username, email: user.email } : { identifier, result: "Not found" };
  }
  return { identifier, result: "Too many requests" };
}
