export interface WorkerForm {
	environmentId: string;
	clientId: string;
	clientSecret: string;
	region: string;
	scopes: string;
	authMethod: string;
}

export interface TokenInfo {
	hasToken: boolean;
	/** Seconds. */
	timeLeft: number;
}

export interface DirectoryUser {
	id: string;
	username: string;
	email: string;
	enabled: boolean;
	name?: { given?: string; family?: string };
	population?: { id: string };
	memberOfGroupNames?: string[];
	lastSignOn?: { at: string };
}

export interface Notice {
	tone: 'success' | 'info' | 'error';
	text: string;
}
