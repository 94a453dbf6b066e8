import { regionCode } from '../config/regions';

export class PingOneError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
		this.name = 'PingOneError';
	}
}

/** GET through the pass-through of our own server. */
export function getJson<T>(path: string, token: string, region: string): Promise<T> {
	return call<T>(path, token, region);
}

/** POST through the pass-through of our own server. */
export function postJson<T>(path: string, token: string, region: string, body: object): Promise<T> {
	return call<T>(path, token, region, body);
}

async function call<T>(path: string, token: string, region: string, body?: object): Promise<T> {
	const response = await fetch(`/api/pingone/v1${path}`, {
		method: body ? 'POST' : 'GET',
		headers: {
			Accept: 'application/json',
			'X-Requested-With': 'worker-token',
			Authorization: `Bearer ${token}`,
			'X-PingOne-Region': regionCode(region),
			...(body ? { 'Content-Type': 'application/json' } : {}),
		},
		body: body ? JSON.stringify(body) : undefined,
	});
	if (!response.ok) {
		const problem = await response.json().catch(() => ({}));
		throw new PingOneError(response.status, problem.message || `PingOne answered ${response.status}`);
	}
	return response.json();
}
