import { workerTokenManager } from '../worker-token';

/** The token we have, if it is good for another minute; else a new one. */
export async function getToken(): Promise<string> {
	const credentials = await workerTokenManager.loadCredentials();
	if (!credentials) {
		throw new Error('Save the worker credentials first');
	}

	const token = await workerTokenManager.getWorkerToken();

	return token;
}
