import type { DirectoryUser } from '../types';
import { getJson, PingOneError } from './pingone';
import { getToken } from './requestToken';
import { toLegacyCredentials } from '@worker-token/manager';
import { workerTokenManager } from '../worker-token';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const GROUPS = 'include=memberOfGroupNames';

interface UserPage {
	_embedded: { users: DirectoryUser[] };
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** By id, username or email. */
export async function findUser(identifier: string): Promise<DirectoryUser> {
	const creds = toLegacyCredentials(await workerTokenManager.loadCredentials());
	if (!creds?.environmentId) throw new Error('Save the worker credentials first');
	const users = `/environments/${creds.environmentId}/users`;
	const region = creds.region || 'us';

	const token = await getToken();
	if (UUID.test(identifier)) {
		return getJson<DirectoryUser>(`${users}/${identifier}?${GROUPS}`, token, region);
	}
	const filter = encodeURIComponent(`email eq ${quoted(identifier)} or username eq ${quoted(identifier)}`);
	const page = await getJson<UserPage>(`${users}?filter=${filter}`, token, region);
	const user = page._embedded.users[0];
	if (!user) throw new PingOneError(404, 'No user with this id, username or email');
	return getJson<DirectoryUser>(`${users}/${user.id}?${GROUPS}`, token, region);
}

export async function populationName(populationId: string): Promise<string> {
	const token = await workerTokenManager.loadToken();
	if (!token) {
		return 'not known without a token';
	}
	const worker = toLegacyCredentials(await workerTokenManager.loadCredentials());
	const region = (worker?.region as string) || 'us';
	const path = `/environments/${worker?.environmentId}/populations/${populationId}`;
	const population = await getJson<{ name: string }>(path, token, region);
	return population.name;
}
