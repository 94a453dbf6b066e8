/**
 * Where PingOne is: the simulator in this process. Routes ask this for addresses and send through its `fetch`, as they would to the real
 * one. Server code.
 *
 * @typedef {object} Upstream
 * @property {(region: string, environmentId: string) => string} tokenEndpoint
 * @property {(region: string) => string} apiBase Ends in `/v1`.
 * @property {(url: string, init: RequestInit) => Promise<Response>} fetch
 */

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
