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
export async function getJson<T>(path: string, token: string, region: string): Promise<T> {
	const response = await fetch(`/api/pingone/v1${path}`, {
		headers: { Accept: 'application/json', Authorization: `Bearer ${token}`, 'X-PingOne-Region': regionCode(region) },
	});
	if (!response.ok) {
		const problem = await response.json().catch(() => ({}));
		throw new PingOneError(response.status, problem.message || `PingOne answered ${response.status}`);
	}
	return response.json();
}
