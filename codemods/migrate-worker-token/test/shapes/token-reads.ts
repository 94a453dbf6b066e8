/** Shapes C: a stored token is read, watched and asked for its time. */
import type { Shape } from './shape.js';

const WORKER = "export const hasWorker = () => localStorage.getItem('worker_credentials') !== null;\n";
const component = (name: string, code: string): Record<string, string> => ({ [`src/${name}.tsx`]: `${WORKER}${code}` });

export const TOKEN_READS: Shape[] = [
  {
    id: 'C01',
    name: 'eager state',
    code: component(
      'eager',
      `import { useState } from 'react';
export function Page() {
  const [token] = useState(localStorage.getItem('worker_token') || '');
  return <p>{token.length}</p>;
}
`,
    ),
    verdict: 'migrated',
    has: ["peekToken() || ''"],
  },
  {
    id: 'C02',
    name: 'token in a memo',
    code: component(
      'memo',
      `import { useMemo } from 'react';
export function Page() {
  const token = useMemo(() => localStorage.getItem('worker_token') || '', []);
  return <p>{token.length}</p>;
}
`,
    ),
    verdict: 'migrated',
    has: ["peekToken() || ''"],
  },
  {
    id: 'C03',
    name: 'read in an attribute',
    code: component(
      'attribute',
      `declare function Creds(props: { workerToken: string }): null;
export const Page = () => <Creds workerToken={localStorage.getItem('worker_token') || ''} />;
`,
    ),
    verdict: 'migrated',
    has: ["workerToken={workerTokenManager.peekToken() || ''}"],
  },
  {
    id: 'C04',
    name: 'read in an async handler',
    code: `${WORKER}export async function load(setErr: (text: string) => void) {
  const t = localStorage.getItem('worker_token');
  if (!t) {
    setErr('no token');
    return;
  }
  await fetch('https://api.pingone.com/v1/users', { headers: { Authorization: \`Bearer \${t}\` } });
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.loadToken()', "setErr('no token')"],
  },
  {
    id: 'C05',
    name: 'the address of the page first',
    code: component(
      'address',
      `import { useState } from 'react';
export function Page({ params }: { params: URLSearchParams }) {
  const [token] = useState(params.get('accessToken') || localStorage.getItem('worker_token') || '');
  return <p>{token.length}</p>;
}
`,
    ),
    verdict: 'migrated',
    has: ["params.get('accessToken') || workerTokenManager.peekToken() || ''"],
  },
  {
    id: 'C06',
    name: 'polling timer',
    code: component(
      'timer',
      `import { useEffect, useState } from 'react';
export function Page() {
  const [token, setToken] = useState('');
  useEffect(() => {
    const i = setInterval(() => {
      const t = localStorage.getItem('worker_token');
      if (t && t !== token) setToken(t);
    }, 1000);
    return () => clearInterval(i);
  }, [token]);
  return <p>{token.length}</p>;
}
`,
    ),
    verdict: 'migrated',
    has: ['workerTokenManager.subscribe('],
    gone: ['setInterval'],
  },
  {
    id: 'C07',
    name: 'storage listener',
    code: `${WORKER}export function watch(check: () => void) {
  const listen = (e: StorageEvent) => {
    if (e.key === 'worker_credentials' || e.key?.startsWith('worker_token')) check();
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}
`,
    verdict: 'migrated',
    has: ['workerTokenManager.subscribe('],
    gone: ["'storage'"],
  },
  {
    id: 'C08',
    name: 'events of the old protocol',
    code: `${WORKER}export function announce(key: string, token: string) {
  window.dispatchEvent(new CustomEvent(key === 'worker_token_audit' ? 'workerTokenAuditUpdated' : 'workerTokenUpdated', { detail: { token } }));
}
`,
    verdict: { left: ['page-key'] },
  },
  {
    id: 'C09',
    name: 'expiry maths',
    code: `${WORKER}export function minutesLeft(): number {
  const s = localStorage.getItem('worker_token_expires_at');
  if (!s) return 0;
  const exp = parseInt(s, 10);
  return Date.now() < exp - 5 * 60 * 1000 ? Math.floor((exp - Date.now()) / 60000) : 0;
}
`,
    verdict: 'migrated',
    has: ['getSnapshot().expiresAt'],
    gone: ['parseInt'],
  },
  {
    id: 'C10',
    name: 'sync predicate',
    code: `${WORKER}export class Auth {
  static hasValidToken(): boolean {
    const t = localStorage.getItem('worker_token');
    const x = localStorage.getItem('worker_token_expires_at');
    return !!t && Date.now() < parseInt(x ?? '0', 10);
  }
}
`,
    verdict: 'migrated',
    has: ['static hasValidToken(): boolean', 'peekToken()'],
  },
  {
    id: 'C11',
    name: 'sync method with the time left',
    code: `${WORKER}export class Tokens {
  getTokenInfo() {
    const t = localStorage.getItem('worker_token');
    const x = localStorage.getItem('worker_token_expires_at');
    return t && x ? { hasToken: true, timeLeft: Number(x) - Date.now() } : { hasToken: false, timeLeft: 0 };
  }
}
`,
    verdict: 'migrated',
    has: ['peekToken()', 'getSnapshot().expiresAt'],
  },
  {
    id: 'C12',
    name: 'load in a constructor',
    code: `${WORKER}export class Client {
  accessToken = '';
  constructor() {
    this.init();
  }
  init() {
    const t = localStorage.getItem('worker_token');
    if (t) this.accessToken = t;
  }
}
`,
    verdict: 'migrated',
    has: ['peekToken()'],
  },
  {
    id: 'C13',
    name: 'one read twice, for a header',
    code: `${WORKER}export async function call(url: string) {
  const headers = localStorage.getItem('worker_token') ? { Authorization: \`Bearer \${localStorage.getItem('worker_token')}\` } : {};
  return fetch(url, { headers: { ...headers } });
}
`,
    verdict: 'migrated',
    has: ['const token = await workerTokenManager.loadToken();', 'token ? {'],
  },
  {
    id: 'C14',
    name: 'guards and probes',
    code: `${WORKER}export function token(): string | null {
  if (typeof localStorage === 'undefined') return null;
  return localStorage.getItem('worker_token');
}
`,
    verdict: 'migrated',
    has: ['peekToken()'],
  },
  {
    id: 'C15',
    name: 'read back after saving',
    code: `${WORKER}export async function get(client: { getToken(): Promise<void> }) {
  await client.getToken();
  console.log({ stored: !!localStorage.getItem('worker_token') });
}
`,
    verdict: 'migrated',
    has: ['loadToken()'],
    gone: ['getWorkerToken'],
  },
  {
    id: 'C16',
    name: 'token in an address',
    code: `${WORKER}export async function url(env: string) {
  const tok = localStorage.getItem('worker_token') ?? '';
  return \`/api/x?environmentId=\${env}&workerToken=\${encodeURIComponent(tok)}\`;
}
`,
    verdict: 'migrated',
    has: ['loadToken()', 'workerToken=${encodeURIComponent(tok)}'],
  },
  {
    id: 'C17',
    name: 'the storage as the last resort',
    code: `${WORKER}export async function info() {
  try {
    const r = await fetch('/api/v1/auth/token');
    if (r.ok) return await r.json();
  } catch {}
  const t = localStorage.getItem('worker_token');
  return t ? { token: t, source: 'localStorage' } : null;
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.loadToken()'],
  },
  {
    id: 'C18',
    name: 'mistyped key',
    code: component(
      'typo',
      `declare function Creds(props: { workerToken: string }): null;
export const Page = () => <Creds workerToken={localStorage.getItem('worker-token') || ''} />;
`,
    ),
    verdict: 'migrated',
    has: ["localStorage.getItem('worker-token')"],
  },
];
