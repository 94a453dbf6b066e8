/** Shapes A: stored credentials are read. */
import type { Shape } from './shape.js';

export const CREDENTIAL_READS: Shape[] = [
  {
    id: 'A01',
    name: 'sync helper read',
    code: `const EMPTY = { environmentId: '', clientId: '', clientSecret: '' };
export function initialCreds() {
  try {
    const text = localStorage.getItem('worker_credentials');
    if (text) return { ...EMPTY, ...JSON.parse(text) };
  } catch (error) {
    console.warn(error);
  }
  return EMPTY;
}
`,
    verdict: 'migrated',
    has: ['peekCredentials()'],
  },
  {
    id: 'A02',
    name: 'lazy state with a form',
    code: {
      'src/form.tsx': `import { useState } from 'react';
export function Form({ env }: { env?: string }) {
  const [form] = useState(() => {
    const raw = localStorage.getItem('worker_credentials');
    const c = raw ? JSON.parse(raw) : {};
    return { envId: env || c.environmentId || '', region: c.region || 'us' };
  });
  return <p>{form.envId}</p>;
}
`,
    },
    verdict: 'migrated',
    has: ['peekCredentials()', "c.region || 'us'"],
  },
  {
    id: 'A03',
    name: 'lazy state with one field',
    code: {
      'src/env.tsx': `import { useState } from 'react';
export function Env() {
  const [env] = useState(() => {
    const s = localStorage.getItem('worker_credentials');
    const c = s ? JSON.parse(s) : null;
    return c?.environmentId || '';
  });
  return <p>{env}</p>;
}
`,
    },
    verdict: 'migrated',
    has: ['peekCredentials()', "c?.environmentId || ''"],
  },
  {
    id: 'A04',
    name: 'lazy state by reference',
    code: {
      'src/id.tsx': `import { useState } from 'react';
function readBestId(): string {
  const s = localStorage.getItem('worker_credentials');
  return s ? JSON.parse(s).environmentId : '';
}
export function Id() {
  const [id] = useState<string>(readBestId);
  return <p>{id}</p>;
}
`,
    },
    verdict: 'migrated',
    has: ['peekCredentials()', 'useState<string>(readBestId)'],
  },
  {
    id: 'A05',
    name: 'ternary that parses or gives null',
    code: `export async function client(): Promise<string | undefined> {
  const raw = localStorage.getItem('worker_credentials');
  const creds = raw ? JSON.parse(raw) : null;
  return creds?.clientId;
}
`,
    verdict: 'migrated',
    has: ['const creds = await workerTokenManager.loadCredentials();'],
  },
  {
    id: 'A06',
    name: 'region alone in an async callback',
    code: `const HOSTS: Record<string, string> = { us: 'com', eu: 'eu' };
export const run = async () => {
  const s = localStorage.getItem('worker_credentials');
  const c = s ? JSON.parse(s) : null;
  const region = (c?.region as string) || 'us';
  return HOSTS[region];
};
`,
    verdict: 'migrated',
    has: ["|| 'us'", 'await workerTokenManager.loadCredentials()'],
  },
  {
    id: 'A07',
    name: 'chain of keys with a fallback',
    code: `const UUID = /^[0-9a-f-]{36}$/i;
export function bestId(): string {
  try {
    const own = localStorage.getItem('my_environment');
    if (own && UUID.test(own)) return own;
  } catch {}
  try {
    const r = localStorage.getItem('worker_credentials');
    if (r) {
      const id = (JSON.parse(r) as { environmentId?: string }).environmentId;
      if (id && UUID.test(id.trim())) return id.trim();
    }
  } catch {}
  return '';
}
`,
    verdict: 'migrated',
    has: ['peekCredentials()', "localStorage.getItem('my_environment')"],
  },
  {
    id: 'A08',
    name: 'refresh callback with three reads',
    code: {
      'src/check.tsx': `import { useCallback, useEffect, useState } from 'react';
const BUFFER = 300_000;
export function Check() {
  const [token, setToken] = useState('');
  const [creds, setCreds] = useState<{ clientId?: string } | null>(null);
  const check = useCallback(() => {
    const t = localStorage.getItem('worker_token');
    const x = localStorage.getItem('worker_token_expires_at');
    if (t && x && Date.now() < parseInt(x, 10) - BUFFER) setToken(t);
    else {
      localStorage.removeItem('worker_token');
      setToken('');
    }
    const c = localStorage.getItem('worker_credentials');
    if (c) setCreds(JSON.parse(c));
  }, []);
  useEffect(() => {
    check();
    window.addEventListener('workerTokenUpdated', check);
    return () => window.removeEventListener('workerTokenUpdated', check);
  }, [check]);
  return <p>{token && creds?.clientId}</p>;
}
`,
    },
    verdict: 'migrated',
    has: ['workerTokenManager.subscribe(check)', 'peekToken()', 'getSnapshot().expiresAt'],
    gone: ['removeItem'],
  },
  {
    id: 'A09',
    name: 'function called in a JSX prop',
    code: {
      'src/checker.tsx': `declare function Checker(props: { data: { workerId?: string } }): null;
export const Page = () => (
  <Checker
    data={(() => {
      let c = null;
      try {
        const s = localStorage.getItem('worker_credentials');
        if (s) c = JSON.parse(s);
      } catch {}
      return { workerId: c?.clientId };
    })()}
  />
);
`,
    },
    verdict: 'migrated',
    has: ['peekCredentials()'],
  },
  {
    id: 'A10',
    name: 'event handler that reads again',
    code: `export function watch(setEnv: (id: string) => void) {
  const onUpdate = () => {
    const s = localStorage.getItem('worker_credentials');
    const c = s ? JSON.parse(s) : null;
    if (c?.environmentId) setEnv(c.environmentId);
  };
  window.addEventListener('workerTokenUpdated', onUpdate);
  return () => window.removeEventListener('workerTokenUpdated', onUpdate);
}
`,
    verdict: 'migrated',
    has: ['workerTokenManager.subscribe(onUpdate)', 'peekCredentials()'],
  },
  {
    id: 'A11',
    name: 'read in the body of a component',
    code: {
      'src/has.tsx': `export const hasWorker = () => localStorage.getItem('worker_credentials') !== null;
export function Has({ tokenState }: { tokenState: string }) {
  const current = localStorage.getItem('worker_token') || tokenState;
  return <p>{current ? 'yes' : 'no'}</p>;
}
`,
    },
    verdict: 'migrated',
    has: ['peekToken() || tokenState'],
  },
  {
    id: 'A12',
    name: 'parse in place with a default',
    code: `export async function name(): Promise<string> {
  const c = JSON.parse(localStorage.getItem('worker_credentials') || '{}');
  return c.clientId;
}
`,
    verdict: 'migrated',
    has: ['?? {}'],
  },
  {
    id: 'A13',
    name: 'snake case with the secret apart',
    code: `const KEY = 'worker_credentials';
interface Stored { client_id: string; environment_id: string; client_secret: string }
export async function store(c: Stored): Promise<void> {
  localStorage.setItem(KEY, JSON.stringify({ client_id: c.client_id, environment_id: c.environment_id, has_secret: !!c.client_secret }));
  sessionStorage.setItem(\`\${KEY}_secret\`, c.client_secret);
}
export async function read(): Promise<Stored | null> {
  const text = localStorage.getItem(KEY);
  const client_secret = sessionStorage.getItem(\`\${KEY}_secret\`) ?? '';
  return text ? { ...JSON.parse(text), client_secret } : null;
}
`,
    verdict: 'migrated',
    has: ['saveCredentials(toWorkerTokenCredentials('],
    gone: ['sessionStorage'],
  },
  {
    id: 'A14',
    name: 'class with the key in a field',
    code: `interface Creds { clientId: string; environmentId: string; clientSecret: string }
class Store {
  private readonly K = 'pingone_worker_token_credentials';
  load(): Creds | null {
    const s = localStorage.getItem(this.K);
    return s ? JSON.parse(s) : null;
  }
  save(c: Creds): void {
    localStorage.setItem(this.K, JSON.stringify(c));
  }
}
export const store = new Store();
`,
    verdict: 'migrated',
    has: ['peekCredentials()', 'saveCredentials(c)'],
  },
  {
    id: 'A15',
    name: 'key by a function of the flow',
    code: `const BASE = 'pingone_worker_token_credentials';
const keyFor = (flow?: string) => (flow && flow !== 'worker-token' ? \`\${BASE}_\${flow}\` : BASE);
export const load = (flow?: string) => JSON.parse(localStorage.getItem(keyFor(flow)) ?? 'null');
`,
    verdict: { left: ['dynamic-key'] },
  },
  {
    id: 'A16',
    name: 'key in a template',
    code: `export const load = (flow: string) => localStorage.getItem(\`worker_token_\${flow}\`) ?? localStorage.getItem('worker_credentials');
`,
    verdict: { left: ['dynamic-key', 'escapes'] },
  },
  {
    id: 'A17',
    name: 'keys in a frozen object',
    code: `export const KEYS = Object.freeze({ CREDENTIALS: 'worker_credentials', METRICS: 'worker_token_metrics' });
export async function load() {
  const text = localStorage.getItem(KEYS.CREDENTIALS);
  return text ? JSON.parse(text) : null;
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.loadCredentials()'],
  },
  {
    id: 'A18',
    name: 'key as a prop with a default',
    code: {
      'src/modal.tsx': `export function Modal({ tokenKey = 'worker_token' }: { tokenKey?: string }) {
  return <p>{localStorage.getItem(tokenKey) ? 'set' : localStorage.getItem('worker_credentials') ? 'ready' : ''}</p>;
}
export const Page = () => <Modal tokenKey="worker_token" />;
`,
    },
    verdict: 'migrated',
    has: ['peekToken()'],
  },
  {
    id: 'A19',
    name: 'one key a field, of another application family',
    code: `export const env = () => localStorage.getItem('pingone_env_id')?.trim();
`,
    verdict: 'untouched',
  },
  {
    id: 'A20',
    name: 'loop over a list of keys',
    code: `export const hasWorker = () => localStorage.getItem('worker_credentials') !== null;
export function anyToken(): string | null {
  for (const key of ['worker_token', 'pingone_worker_token']) {
    const t = localStorage.getItem(key);
    if (t?.trim()) return t;
  }
  return null;
}
`,
    verdict: 'migrated',
    has: ['peekToken()'],
    gone: ['for ('],
  },
  {
    id: 'A21',
    name: 'enumerated storage',
    code: `export const find = () => Object.keys(localStorage).find((k) => k.startsWith('pingone_worker_token_') && !k.includes('expires_at'));
`,
    verdict: { left: ['page-key'] },
  },
  {
    id: 'A22',
    name: 'aggregator helper',
    code: `const hasWorker = () => localStorage.getItem('worker_credentials') !== null;
function getAnyWorkerToken(): string | null {
  return localStorage.getItem('worker_token');
}
export async function call() {
  const token = getAnyWorkerToken();
  if (!token || !hasWorker()) return null;
  return fetch('https://api.pingone.com/v1/users', { headers: { Authorization: \`Bearer \${token}\` } });
}
`,
    verdict: 'migrated',
    has: ['peekToken()'],
  },
  {
    id: 'A23',
    name: 'helper with a rich answer',
    code: `export function getValidWorkerToken(key = 'worker_token', expiryKey = 'worker_token_expires_at') {
  const token = localStorage.getItem(key);
  const expires = localStorage.getItem(expiryKey);
  if (!token || !localStorage.getItem('worker_credentials')) return { isValid: false, token: null };
  return { isValid: Number(expires) > Date.now(), token };
}
`,
    verdict: 'migrated',
    has: ['peekToken()', 'getSnapshot().expiresAt'],
  },
  {
    id: 'A24',
    name: 'sync loader in a memo',
    code: {
      'src/memo.tsx': `import { useMemo, useState } from 'react';
const load = () => JSON.parse(localStorage.getItem('worker_credentials') || 'null');
export function Env() {
  const stored = useMemo(() => load(), []);
  const [env] = useState(stored?.environmentId || '');
  return <p>{env}</p>;
}
`,
    },
    verdict: 'migrated',
    has: ['peekCredentials()'],
  },
  {
    id: 'A25',
    name: 'global fallback',
    code: `declare const credentialManager: { getAllCredentials(): { environmentId?: string; clientId?: string } };
export async function load() {
  const text = localStorage.getItem('worker_credentials');
  const c = text ? JSON.parse(text) : credentialManager.getAllCredentials();
  return c;
}
`,
    verdict: 'migrated',
    gone: ['credentialManager.getAllCredentials()'],
  },
  {
    id: 'A26',
    name: 'a service that peeks already',
    code: `declare const unified: { getTokenDataSync(): { credentials?: { environmentId: string } } | null };
export const env = () => unified.getTokenDataSync()?.credentials?.environmentId;
`,
    verdict: 'untouched',
  },
];
