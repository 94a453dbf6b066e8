import type { WorkerForm } from '../types';

const TOKEN_KEY = 'worker_token';
const EXPIRES_KEY = 'worker_token_expires_at';
const ONE_MINUTE = 60 * 1000;

/** The token we have, if it is good for another minute; else a new one. */
export async function getToken(): Promise<string> {
	const cached = localStorage.getItem(TOKEN_KEY);
	const expiresAt = Number(localStorage.getItem(EXPIRES_KEY));
	if (cached && Date.now() < expiresAt - ONE_MINUTE) {
		return cached;
	}

	const saved = localStorage.getItem('worker_credentials');
	const credentials: WorkerForm | null = saved ? JSON.parse(saved) : null;
	if (!credentials) {
		throw new Error('Save the worker credentials first');
	}

	const response = await fetch('/api/client-credentials', {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({
			environment_id: credentials.environmentId,
			region: credentials.region,
			auth_method: credentials.authMethod,
			headers: {
				Authorization: `Basic ${btoa(`${credentials.clientId}:${credentials.clientSecret}`)}`,
			},
			body: { grant_type: 'client_credentials', scope: credentials.scopes },
		}),
	});
	const data = await response.json();
	if (!response.ok) {
		throw new Error(data.error_description || `The token request failed (${response.status})`);
	}

	localStorage.setItem(TOKEN_KEY, data.access_token);
	localStorage.setItem(EXPIRES_KEY, String(Date.now() + (data.expires_in || 3600) * 1000));
	window.dispatchEvent(new CustomEvent('workerTokenUpdated'));
	return data.access_token;
}
