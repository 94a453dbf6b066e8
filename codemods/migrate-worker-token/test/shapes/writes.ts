/** Shapes B: credentials and tokens are stored and removed. */
import type { Shape } from './shape.js';

const WORKER = "export const hasWorker = () => localStorage.getItem('worker_credentials') !== null;\n";
const FORM = 'interface Form { environmentId: string; clientId: string; clientSecret: string }\n';

export const WRITES: Shape[] = [
  {
    id: 'B01',
    name: 'save in an async function that only warns',
    code: `${FORM}export async function save(c: Form): Promise<void> {
  try {
    localStorage.setItem('worker_credentials', JSON.stringify(c));
  } catch (error) {
    console.warn(error);
  }
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.saveCredentials(c)', 'catch (error)'],
  },
  {
    id: 'B02',
    name: 'autosave effect',
    code: {
      'src/auto.tsx': `import { useEffect, useState } from 'react';
export function Auto() {
  const [f, setF] = useState({ clientId: '', clientSecret: '' });
  useEffect(() => {
    if (f.clientId || f.clientSecret) localStorage.setItem('worker_credentials', JSON.stringify(f));
  }, [f]);
  return <input value={f.clientId} onChange={(e) => setF({ ...f, clientId: e.target.value })} />;
}
`,
    },
    verdict: { left: ['autosave-on-keystroke'] },
  },
  {
    id: 'B03',
    name: 'cleaned save',
    code: `${FORM}export async function save(f: Form & { scopes: string }) {
  const clean = { ...f, clientId: f.clientId.trim(), scopes: f.scopes.split(/\\s+/).filter((s) => s !== 'openid').join(' ') };
  localStorage.setItem('worker_credentials', JSON.stringify(clean));
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.saveCredentials('],
  },
  {
    id: 'B04',
    name: 'dual write',
    code: `${FORM}export async function save(svc: { saveCredentials(f: Form): Promise<void> }, c: Form) {
  await svc.saveCredentials(c);
  localStorage.setItem('worker_credentials', JSON.stringify(c)); // legacy
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.saveCredentials(c)'],
  },
  {
    id: 'B05',
    name: 'clear handler with many keys',
    code: `export async function clear(reset: () => void) {
  localStorage.removeItem('worker_credentials');
  localStorage.removeItem('worker_token');
  localStorage.removeItem('worker_token_expires_at');
  reset();
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.clearAll();'],
    gone: ['removeItem'],
  },
  {
    id: 'B06',
    name: 'removal of what expired while reading',
    code: `${WORKER}export function current(): string | null {
  const expires = Number(localStorage.getItem('worker_token_expires_at'));
  if (Date.now() >= expires) {
    localStorage.removeItem('worker_token');
    localStorage.removeItem('worker_token_expires_at');
    return null;
  }
  return localStorage.getItem('worker_token');
}
`,
    verdict: 'migrated',
    gone: ['removeItem', 'invalidateToken'],
  },
  {
    id: 'B07',
    name: 'clear and reload',
    code: `export function clear(toast: (text: string) => void) {
  localStorage.removeItem('worker_credentials');
  toast('cleared');
  window.location.reload();
}
`,
    verdict: 'migrated',
    has: ['.finally(() => window.location.reload())'],
  },
  {
    id: 'B08',
    name: 'clear on 401',
    code: `${WORKER}export async function onError(message: string, showModal: (open: boolean) => void) {
  if (message.includes('401')) {
    localStorage.removeItem('worker_token');
    showModal(true);
  }
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.invalidateToken();'],
  },
  {
    id: 'B09',
    name: 'the whole storage cleared',
    code: `export const wipe = () => localStorage.clear();
`,
    verdict: 'untouched',
  },
  {
    id: 'B10',
    name: 'token and expiry stored after the request',
    code: `export async function get(): Promise<void> {
  const c = JSON.parse(localStorage.getItem('worker_credentials') || '{}');
  const r = await fetch('/api/client-credentials', {
    method: 'POST',
    body: JSON.stringify({ environmentId: c.environmentId, clientId: c.clientId, clientSecret: c.clientSecret }),
  });
  const d = await r.json();
  localStorage.setItem('worker_token', d.access_token);
  localStorage.setItem('worker_token_expires_at', String(Date.now() + (d.expires_in || 3600) * 1000));
}
`,
    verdict: 'migrated',
    has: ['await workerTokenManager.getWorkerToken();'],
    gone: ['setItem', 'fetch('],
  },
];
