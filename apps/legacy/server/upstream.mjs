/**
 * Where PingOne is: the real one, or the simulator in this process. Routes ask it for addresses and send through its `fetch`, and know
 * no difference. Server code.
 *
 * @typedef {object} Upstream
 * @property {(region: string, environmentId: string) => string} tokenEndpoint
 * @property {(region: string) => string} apiBase Ends in `/v1`.
 * @property {(url: string, init: RequestInit) => Promise<Response>} fetch
 */
import { topLevelDomain } from './regions.mjs';

/** @returns {Upstream} */
export function livePingOne() {
  return {
    tokenEndpoint: (region, environmentId) =>
      `https://auth.pingone.${topLevelDomain(region)}/${environmentId}/as/token`,
    apiBase: (region) => `https://api.pingone.${topLevelDomain(region)}/v1`,
    fetch: (url, init) => fetch(url, init),
  };
}

/**
 * @param {import('@worker-token/pingone-simulator').PingOneSimulator} simulator
 * @returns {Upstream}
 */
export function simulatedPingOne(simulator) {
  const origin = 'http://pingone.localhost';
  return {
    tokenEndpoint: (region, environmentId) => `${origin}/auth/${region.toLowerCase()}/${environmentId}/as/token`,
    apiBase: (region) => `${origin}/api/${region.toLowerCase()}/v1`,
    fetch: (url, init) => simulator.handler(new Request(url, init)),
  };
}
