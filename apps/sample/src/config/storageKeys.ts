// Where the worker app and its token are kept.
export const STORAGE_KEYS = {
	CREDENTIALS: 'worker_credentials',
	TOKEN: 'worker_token',
	TOKEN_EXPIRES_AT: 'worker_token_expires_at',
} as const;
