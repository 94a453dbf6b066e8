import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as typescript from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';
import { afterAll, describe, it } from 'vitest';
import { noDirectCredentialStorage } from './no-direct-credential-storage.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it;
(RuleTester as { afterAll?: unknown }).afterAll = afterAll;

const file = join(fileURLToPath(new URL('../../example-app/', import.meta.url)), 'page.ts');
const languageOptions = { parser: typescript, ecmaVersion: 'latest', sourceType: 'module' } as const;
const tester = new RuleTester({ languageOptions });

const pingOne = '// PingOne\n';
const strict = [{ checkRemovals: true }];
const invalid = (name: string, code: string, messageId: string, extra: object = {}) => ({
  name,
  code,
  errors: [{ messageId }],
  ...extra,
});
/** A defect for which one thing is suggested. */
const suggested = (name: string, code: string, messageId: string, output: string, extra: object = {}) => ({
  name,
  code,
  errors: [{ messageId, suggestions: [{ messageId: 'useManager', output }] }],
  ...extra,
});
const withImport = (code: string) => `import { workerTokenManager } from '@worker-token/manager';\n${code}`;

tester.run('no-direct-credential-storage', noDirectCredentialStorage, {
  valid: [
    { name: 'a key that only starts alike', code: `localStorage.getItem('worker_credentials_help_seen')` },
    { name: 'a key that only ends alike', code: `localStorage.getItem('co_worker_credentials')` },
    { name: 'a token of people who work', code: `localStorage.getItem('worker_token')` },
    { name: 'the expiry, which is no secret', code: `${pingOne}localStorage.getItem('worker_token_expires_at')` },
    { name: 'a removal, unless asked for', code: `localStorage.removeItem('worker_credentials')` },
    {
      name: 'a local variable called localStorage',
      code: `const localStorage = new Map(); localStorage.getItem('worker_credentials')`,
    },
    {
      name: 'a parameter called window',
      code: `function f(window) { return window.localStorage.getItem('worker_credentials') }`,
    },
    { name: 'code inside a string', code: "const code = `localStorage.getItem('worker_credentials')`" },
    { name: 'another object with the same methods', code: `cache.getItem('worker_credentials')` },
    {
      name: 'a comparison of a key',
      code: `window.addEventListener('storage', (e) => e.key === 'worker_credentials')`,
    },
    { name: 'a key that is only known at run time', code: `localStorage.getItem(prefix + name)` },
    {
      name: 'a variable that is assigned again',
      code: `let key = 'worker_credentials'; key = other(); localStorage.getItem(key)`,
    },
    {
      name: 'a key that the settings give away',
      code: `localStorage.getItem('worker_credentials')`,
      settings: { 'worker-token': { ignoreKeys: ['worker_credentials'] } },
    },
    {
      name: 'the manager',
      code: `import { workerTokenManager } from '@worker-token/manager'; await workerTokenManager.loadCredentials()`,
    },
    {
      name: 'the other entry of an imported table',
      code: `import { KEYS } from './keys'; localStorage.getItem(KEYS.THEME)`,
      filename: file,
    },
    { name: 'methods of the storage itself', code: `localStorage.length; localStorage.clear(); localStorage.key(0)` },
  ],
  invalid: [
    invalid('a literal read', `localStorage.getItem('worker_credentials')`, 'read'),
    invalid('a literal write', `localStorage.setItem("worker_credentials", JSON.stringify(form))`, 'write'),
    invalid('a removal, when asked for', `localStorage.removeItem('worker_credentials')`, 'remove', {
      options: strict,
    }),
    invalid('the session storage', `sessionStorage.getItem('worker_credentials_secret')`, 'read'),
    invalid('a template without holes', 'localStorage.getItem(`worker_credentials`)', 'read'),
    invalid('window', `window.localStorage.getItem('worker_credentials')`, 'read'),
    invalid('globalThis and brackets', `globalThis['localStorage']['getItem']('worker_credentials')`, 'read'),
    invalid('optional chaining', `window?.localStorage?.getItem('worker_credentials')`, 'read'),
    invalid('an alias', `const store = window.localStorage; store.setItem('worker_credentials', '{}')`, 'write'),
    invalid('destructuring', `const { localStorage: store } = window; store.getItem('worker_credentials')`, 'read'),
    invalid('a property', `const raw = localStorage.worker_credentials`, 'read'),
    invalid('a written property', `localStorage['worker_credentials'] = '{}'`, 'write'),
    invalid('a deleted property', `delete localStorage.worker_credentials`, 'remove', { options: strict }),
    invalid('a constant', `const KEY = 'worker_credentials'; localStorage.getItem(KEY)`, 'read'),
    invalid(
      'a constant of a constant',
      `const A = 'worker'; const B = A + '_credentials'; localStorage.getItem(B)`,
      'read',
    ),
    invalid('a template with a constant', "const A = 'worker'; localStorage.getItem(`${A}_credentials`)", 'read'),
    invalid(
      'an object table',
      `const KEYS = { C: 'worker_credentials' } as const; localStorage.getItem(KEYS.C)`,
      'read',
    ),
    invalid(
      'a frozen table',
      `const KEYS = Object.freeze({ C: 'worker_credentials' }); localStorage.getItem(KEYS['C'])`,
      'read',
    ),
    invalid('an enum', `enum Key { C = 'worker_credentials' } localStorage.getItem(Key.C)`, 'read'),
    invalid(
      'a class field',
      `class S { private readonly KEY = 'worker_credentials'; load() { return localStorage.getItem(this.KEY) } }`,
      'read',
    ),
    invalid(
      'a default parameter',
      `function load(key = 'worker_credentials') { return localStorage.getItem(key) }`,
      'read',
    ),
    invalid('an imported table', `import { KEYS } from './keys'; localStorage.getItem(KEYS.CREDENTIALS)`, 'read', {
      filename: file,
    }),
    suggested(
      'an imported enum, with evidence in that file',
      `import { Slot } from './keys.js'; localStorage.getItem(Slot.Token)`,
      'read',
      `import { Slot } from './keys.js';\nimport { workerTokenManager } from '@worker-token/manager'; workerTokenManager.peekToken()`,
      { filename: file },
    ),
    suggested(
      'an imported constant, where the manager is imported already',
      `import { TOKEN_KEY as K } from './keys'; import { workerTokenManager } from '@worker-token/manager'; localStorage.getItem(K)`,
      'read',
      `import { TOKEN_KEY as K } from './keys'; import { workerTokenManager } from '@worker-token/manager'; workerTokenManager.peekToken()`,
      { filename: file },
    ),
    suggested(
      'a parsed record',
      `const c = JSON.parse(localStorage.getItem('worker_credentials') || '{}')`,
      'read',
      withImport(`const c = workerTokenManager.peekCredentials()`),
    ),
    suggested(
      'a parsed record in an async function',
      `async () => JSON.parse(localStorage.getItem('worker_credentials')).region`,
      'read',
      withImport(`async () => (await workerTokenManager.loadCredentials())?.region`),
    ),
    suggested(
      'a save in an async function, with an import of the package',
      `import { x } from '@worker-token/manager'; async () => { localStorage.setItem('worker_credentials', JSON.stringify(form)) }`,
      'write',
      `import { x, workerTokenManager } from '@worker-token/manager'; async () => { await workerTokenManager.saveCredentials(form) }`,
    ),
    suggested(
      'a removal in an async function',
      `async () => { localStorage.removeItem('worker_credentials') }`,
      'remove',
      withImport(`async () => { await workerTokenManager.clearAll() }`),
      { options: strict },
    ),
    invalid(
      'a comment that an edit would lose',
      `async () => { localStorage.setItem('worker_credentials', /* all */ JSON.stringify(form)) }`,
      'write',
    ),
    invalid(
      'a name that is taken',
      `// PingOne\nfunction f(workerTokenManager) { return localStorage.getItem('worker_token') }`,
      'read',
    ),
    invalid('a wrapper from a neighbour file', `import { keep } from './keep'; keep('access_token', value)`, 'write', {
      filename: file,
    }),
    invalid(
      'the default export of a neighbour',
      `import store from './keep'; store.put('refresh_token', value)`,
      'write',
      {
        filename: file,
      },
    ),
    suggested(
      'a token in a file that speaks of PingOne',
      `${pingOne}localStorage.getItem('worker_token')`,
      'read',
      `${pingOne}${withImport('workerTokenManager.peekToken()')}`,
    ),
    invalid(
      'a token beside credentials',
      `const KEYS = ['worker_credentials']; localStorage.setItem('worker_token', t)`,
      'write',
    ),
    suggested(
      'one flow’s copy of the token',
      `${pingOne}localStorage.getItem('pingone_worker_token_kroger')`,
      'read',
      `${pingOne}${withImport('workerTokenManager.peekToken()')}`,
    ),
    invalid('the managed record itself', `localStorage.getItem('flow_credentials_worker-token-credentials')`, 'read'),
    invalid('a key from the settings', `localStorage.getItem('acme_worker')`, 'read', {
      settings: { 'worker-token': { credentialKeys: ['acme_worker'] } },
    }),
    {
      name: 'the message names the key and the replacement',
      code: `const raw = localStorage.getItem('worker_credentials')`,
      errors: [
        {
          message:
            'Worker credentials ("worker_credentials") read from Web Storage past the worker token manager. Use `await workerTokenManager.loadCredentials()`, or `workerTokenManager.peekCredentials()` where `await` is not possible.',
        },
      ],
    },
  ],
});
