import type { TokenInfo } from '../types';
import { workerTokenManager } from '../worker-token';

const NOTHING: TokenInfo = { hasToken: false, timeLeft: 0 };

/** Seconds until the stored token ends. */
export function tokenInfo(): TokenInfo {
	const token = workerTokenManager.peekToken();
	const expiresAt = workerTokenManager.getSnapshot().expiresAt;
	if (!token || !expiresAt) return NOTHING;
	const timeLeft = Math.floor((expiresAt - Date.now()) / 1000);
	return timeLeft > 0 ? { hasToken: true, timeLeft } : NOTHING;
}

export function timeLeftText(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	if (minutes === 0) return `${seconds} s`;
	return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
}
