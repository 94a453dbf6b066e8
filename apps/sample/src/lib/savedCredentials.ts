import type { WorkerForm } from '../types';
import { toLegacyCredentials } from '@worker-token/manager';
import { workerTokenManager } from '../worker-token';
import { serverWorker } from '../added/server-mode';

export const EMPTY_FORM: WorkerForm = {
	environmentId: '',
	clientId: '',
	clientSecret: '',
	region: 'us',
	scopes: '',
	authMethod: 'client_secret_basic',
};

/** The saved worker app, or an empty form. */
export function savedCredentials(): WorkerForm {
	try {
		const saved = toLegacyCredentials(workerTokenManager.peekCredentials());
		if (saved) return { ...EMPTY_FORM, ...saved };
	} catch (error) {
		console.warn('[worker] the saved credentials could not be read', error);
	}
	return EMPTY_FORM;
}

export function isConfigured(): boolean {
	const { environmentId, clientId, clientSecret } = savedCredentials();
	return Boolean(environmentId && clientId && (clientSecret || serverWorker));
}
