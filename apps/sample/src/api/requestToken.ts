import { workerTokenManager } from '../worker-token';

const ONE_MINUTE = 60 * 1000;

/** The token we have, if it is good for another minute; else a new one. */
export async function getToken(): Promise<string> {
	const cached = await workerTokenManager.loadToken();
	const expiresAt = workerTokenManager.getSnapshot().expiresAt ?? 0;
	if (cached && Date.now() < expiresAt - ONE_MINUTE) {
		return cached;
	}

	const credentials = await workerTokenManager.loadCredentials();
	if (!credentials) {
		throw new Error('Save the worker credentials first');
	}

	const token = await workerTokenManager.getWorkerToken();

	window.dispatchEvent(new CustomEvent('workerTokenUpdated'));
	return token;
}
