/** Why a site is left, by name, and what to do about it. The one table of reasons. */

export const REASONS = {
  'response-used-for-more': [
    'the response is used for more than its token',
    'use `await workerTokenManager.getWorkerToken()` for the token; keep a request of your own only where the whole answer is shown',
  ],
  'credentials-from-elsewhere': [
    'the credentials of this request do not come from the saved ones',
    'call `await workerTokenManager.saveCredentials(…)` first, then `await workerTokenManager.getWorkerToken()`',
  ],
  'autosave-on-keystroke': [
    'it saves on every change; each save of other credentials drops the token',
    'save on a button with `await workerTokenManager.saveCredentials(…)`, or after a pause in typing',
  ],
  'dynamic-key': [
    'the key is not known before the program runs',
    'use workerTokenManager where the worker’s key is meant',
  ],
  'page-key': [
    'the key belongs to one page or flow',
    'share the worker token: `await workerTokenManager.getWorkerToken()`; keep a flow’s own credentials with `credentialStorage`',
  ],
  'no-evidence': [
    'the name alone does not say that this is PingOne’s worker',
    'if it is, name the key with --key or --token-key',
  ],
  escapes: [
    'the stored text itself goes somewhere else',
    'pass the object from `await workerTokenManager.loadCredentials()`',
  ],
  'unknown-value': [
    'it is not visible which object is saved',
    'use `await workerTokenManager.saveCredentials(…)` with the object',
  ],
  'failure-is-handled': [
    'a failed save is handled here, and the function cannot wait for it',
    'make the function async and use `await workerTokenManager.saveCredentials(…)`',
  ],
  'expiry-as-text': [
    'the expiry is used as text',
    'use `workerTokenManager.getSnapshot().expiresAt`, milliseconds since 1970 or null',
  ],
  'expiry-without-token': ['an expiry is written without a token request', 'drop it: the manager keeps the expiry'],
  'token-without-request': [
    'a token is stored that does not come from a request here',
    'get it with `await workerTokenManager.getWorkerToken()`; the manager keeps it',
  ],
  'token-writer-left': [
    'a place that is left goes on storing this token',
    'migrate that place first; then use `await workerTokenManager.loadToken()` or `workerTokenManager.peekToken()`',
  ],
  'token-reader-left': [
    'a place that is left goes on reading this token from the storage',
    'drop it when that place uses workerTokenManager; until then it stores what the manager got',
  ],
  'token-copy': ['it stores a copy of a token that the manager keeps', 'drop it, and the parameter that it was for'],
  'server-code': ['server code requests tokens for itself', 'leave it, or use the manager with a storage for servers'],
  'evaluated-before-ready': [
    'it runs while modules are evaluated, before `workerTokenManager.ready()`',
    'read it in a function that is called later',
  ],
  'dead-key': ['nothing uses this key any more', 'remove it'],
  'key-as-value': [
    'the key is handed on as a value',
    'let the receiver use workerTokenManager instead of a storage key',
  ],
  'endpoint-as-value': [
    'the address is handed on as a value',
    'let the receiver use `await workerTokenManager.getWorkerToken()`',
  ],
  'test-file': ['tests are left alone', 'mock workerTokenManager instead of the storage'],
  'script-without-modules': ['a script without modules cannot import the manager', 'make it a module'],
  'served-as-is': [
    'a browser gets this file as it is written, and cannot find the package there',
    'let a bundler take it, or name the packages in an import map; then use workerTokenManager',
  ],
  'does-not-parse': ['the file cannot be parsed', 'repair the file and run again'],
  'single-file-component': ['Vue and Svelte files are reported only', 'use workerTokenManager in its script block'],
  'listener-used-for-more': [
    'the listener uses the event for more than the news',
    'use `workerTokenManager.subscribe(…)` and read with `peekToken()` or `peekCredentials()`',
  ],
  'timer-used-for-more': [
    'the timer does more than look for news; what it reads and sets has places of its own',
    'nothing has to be done: it goes on as a timer',
  ],
  'timer-out-of-reach': [
    'the timer is stopped in a place that cannot reach its undo',
    'use `const unsubscribe = workerTokenManager.subscribe(…)` and call `unsubscribe()` where the timer is stopped',
  ],
  'global-fallback': [
    'the global store is used for more than a fallback',
    'worker credentials have one source: use `await workerTokenManager.loadCredentials()`',
  ],
  'project-helper': [
    'the helper answers from the old keys',
    'use `await workerTokenManager.loadToken()` in async code, `workerTokenManager.peekToken()` elsewhere',
  ],
  'legacy-event': [
    'the event is part of the old protocol',
    'the manager tells subscribers by itself; see also its option `legacyEvents`',
  ],
  'the-manager-itself': ['this is a token manager of its own', 'replace it by @worker-token/manager as a whole'],
  'split-secret': [
    'the secret is kept apart from the record',
    'save one record with `await workerTokenManager.saveCredentials(…)`',
  ],
} as const satisfies Record<string, readonly [sentence: string, suggestion: string]>;

export type Reason = keyof typeof REASONS;

export const sentenceOf = (reason: Reason): string => `${reason}: ${REASONS[reason][0]}`;
export const suggestionOf = (reason: Reason): string => REASONS[reason][1];
