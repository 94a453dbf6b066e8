/** What the pages of this app ask PingOne for, all of it reading, and the audit filter, which goes in a body. Server code. */

/**
 * @param {string} environmentId The only environment that may be asked for.
 * @returns {readonly import('@worker-token/server').AllowedRequest[]}
 */
export function allowedRequests(environmentId) {
  const environment = `/v1/environments/${environmentId}`;
  const get = (path, ...query) => ({ method: 'GET', path, query });
  return [
    get(`${environment}/users`, 'filter', 'limit'),
    get(`${environment}/users/:userId`, 'include'),
    get(`${environment}/populations/:populationId`),
    get(`${environment}/totalIdentities`, 'filter'),
    get(`${environment}/metrics/activeIdentityCounts`, 'filter', 'samplePeriod', 'limit'),
    { method: 'POST', path: `${environment}/activities`, query: [] },
    get('/v1/environments'),
    get('/v1/organizations'),
    get('/v1/organizations/:organizationId/licenses', 'order'),
  ];
}
