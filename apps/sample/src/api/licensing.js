import { getJson } from './pingone'
import { getToken } from './requestToken'
import { toLegacyCredentials } from '@worker-token/manager'
import { workerTokenManager } from '../worker-token'

const worker = () => {
  const stored = toLegacyCredentials(workerTokenManager.peekCredentials())
  if (stored === null) throw new Error('Save the worker credentials first')
  return stored
}

/** The token may have been taken back meanwhile: one more try with a new one. */
const get = async (path) => {
  const region = worker().region || 'us'
  try {
    return await getJson(path, await getToken(), region)
  } catch (problem) {
    if (problem.status !== 401) throw problem
    await workerTokenManager.invalidateToken()
    return getJson(path, await getToken(), region)
  }
}

/** Organization, licences, environments and the number of users, as far as the worker app may see them. */
export const readLicensing = async () => {
  const { environmentId } = worker()
  const organizations = await get('/organizations')
  const organization = organizations._embedded.organizations[0]
  if (!organization) throw new Error('The worker app may not read an organization')
  const [licenses, environments, users] = await Promise.all([
    get(`/organizations/${organization.id}/licenses?order=-beginsAt`),
    get('/environments'),
    get(`/environments/${environmentId}/users?limit=1`),
  ])
  return {
    organization,
    licenses: licenses._embedded.licenses,
    environments: environments._embedded.environments,
    users: users.count ?? users.size,
  }
}
