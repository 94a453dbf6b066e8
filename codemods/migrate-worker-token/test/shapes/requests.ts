/** Shapes D: a token is requested by hand. */
import type { Shape } from './shape.js';

const READ = "  const c = JSON.parse(localStorage.getItem('worker_credentials') || '{}');\n";
const FLAT = `{ method: 'POST', body: JSON.stringify({ environmentId: c.environmentId, clientId: c.clientId, clientSecret: c.clientSecret }) }`;
const NESTED = `{ method: 'POST', body: JSON.stringify({ environment_id: c.environmentId, auth_method: c.authMethod, body: { grant_type: 'client_credentials', client_id: c.clientId, client_secret: c.clientSecret } }) }`;

export const REQUESTS: Shape[] = [
  {
    id: 'D01',
    name: 'proxy request from a form',
    code: {
      'src/flow.tsx': `import { useState } from 'react';
export function Flow() {
  const [c, setC] = useState({ environmentId: '', clientId: '', clientSecret: '', authMethod: 'client_secret_post' });
  const [error, setError] = useState('');
  const save = () => localStorage.setItem('worker_credentials', JSON.stringify(c));
  const get = async () => {
    try {
      const r = await fetch('/api/client-credentials', ${NESTED});
      const d = await r.json();
      if (!r.ok) throw new Error(d.error_description);
      localStorage.setItem('worker_token', d.access_token);
    } catch (e) {
      setError(String(e));
    }
  };
  return <button onClick={get} onBlur={save} onDoubleClick={() => setC(c)}>{error}</button>;
}
`,
    },
    verdict: 'migrated',
    has: ['await workerTokenManager.saveCredentials(', 'await workerTokenManager.getWorkerToken()'],
    gone: ['fetch('],
  },
  {
    id: 'D02',
    name: 'request made by a service for authentication',
    code: `declare function applyAuth(config: unknown): Promise<{ headers: object; body: Map<string, string> }>;
export async function get(config: { environmentId: string; clientId: string; clientSecret: string }) {
  const a = await applyAuth(config);
  const payload = { environment_id: config.environmentId, auth_method: 'private_key_jwt', headers: a.headers, body: Object.fromEntries(a.body) };
  const r = await fetch('/api/client-credentials', { method: 'POST', body: JSON.stringify(payload) });
  localStorage.setItem('worker_credentials', JSON.stringify({ environmentId: config.environmentId, clientId: 'x' })); // no secret
  return (await r.json()).access_token;
}
`,
    verdict: { left: ['credentials-from-elsewhere'] },
  },
  {
    id: 'D03',
    name: 'computed address',
    code: `export async function get(base: string) {
${READ}  const endpoint = \`\${base}/api/client-credentials\`;
  const r = await fetch(endpoint, ${FLAT});
  const d = await r.json();
  return d.access_token;
}
`,
    verdict: 'migrated',
    has: ['return workerTokenManager.getWorkerToken()'],
  },
  {
    id: 'D04',
    name: 'token endpoint itself',
    code: `export async function get() {
${READ}  const headers: Record<string, string> = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  switch (c.authMethod) {
    case 'client_secret_basic':
      headers.Authorization = \`Basic \${btoa(\`\${c.clientId}:\${c.clientSecret}\`)}\`;
      break;
    default:
      body.set('client_id', c.clientId);
      body.set('client_secret', c.clientSecret);
  }
  const r = await fetch(\`https://auth.pingone.com/\${c.environmentId}/as/token\`, { method: 'POST', headers, body });
  if (!r.ok) throw new Error(\`HTTP \${r.status}\`);
  const { access_token } = await r.json();
  return access_token;
}
`,
    verdict: 'migrated',
    has: ['workerTokenManager.getWorkerToken()'],
    gone: ['fetch('],
  },
  {
    id: 'D05',
    name: 'test of the endpoint',
    code: `export async function measure(log: (entry: object) => void) {
${READ}  const start = performance.now();
  const r = await fetch('/api/client-credentials', ${FLAT});
  log({ ok: r.ok, status: r.status, data: await r.json(), duration: performance.now() - start });
}
`,
    verdict: { left: ['response-used-for-more'] },
  },
  {
    id: 'D06',
    name: 'axios in the browser',
    code: `import axios from 'axios';
export async function get() {
${READ}  const { data } = await axios.post(\`https://auth.pingone.com/\${c.environmentId}/as/token\`, new URLSearchParams({ grant_type: 'client_credentials' }), { auth: { username: c.clientId, password: c.clientSecret } });
  return data.access_token;
}
`,
    verdict: 'migrated',
    has: ['return workerTokenManager.getWorkerToken()'],
  },
  {
    id: 'D07',
    name: 'deferred in a callback',
    code: `declare const modal: { show(options: { url: string; onProceed: () => Promise<void> }): void };
export function ask() {
  modal.show({
    url: '/api/client-credentials',
    onProceed: async () => {
      const c = JSON.parse(localStorage.getItem('worker_credentials') || '{}');
      const r = await fetch('/api/client-credentials', ${FLAT});
      localStorage.setItem('worker_token', (await r.json()).access_token);
    },
  });
}
`,
    verdict: { left: ['endpoint-as-value'] },
    has: ['await workerTokenManager.getWorkerToken()'],
  },
  {
    id: 'D08',
    name: 'wrapper with the whole answer',
    code: `declare function requestCC(endpoint: string, id: string, secret: string): Promise<{ access_token: string; scope: string }>;
declare function storeTokens(tokens: { access_token: string }): Promise<void>;
export async function get() {
${READ}  const t = await requestCC('/api/client-credentials', c.clientId, c.clientSecret);
  await storeTokens({ access_token: t.access_token });
}
`,
    verdict: { left: ['endpoint-as-value'] },
  },
  {
    id: 'D09',
    name: 'another proxy',
    code: `export const get = () => fetch('/api/pingone/get-token', { method: 'POST' });
`,
    verdict: 'untouched',
  },
  {
    id: 'D10',
    name: 'error body read in odd ways',
    code: `export async function get() {
${READ}  const r = await fetch('/api/client-credentials', ${FLAT});
  if (!r.ok) {
    const t = await r.text();
    try {
      throw new Error(JSON.parse(t).error);
    } catch {
      throw new Error(r.status + t);
    }
  }
  return (await r.json()).access_token;
}
`,
    verdict: 'migrated',
    has: ['workerTokenManager.getWorkerToken()'],
  },
  {
    id: 'D11',
    name: 'answer shown beside',
    code: `export async function get(setReq: (r: object) => void, setRes: (r: object) => void) {
${READ}  setReq({ url: 'token' });
  const r = await fetch('/api/client-credentials', ${FLAT});
  const d = await r.json();
  setRes({ status: r.status, body: d });
  return d.access_token;
}
`,
    verdict: { left: ['response-used-for-more'] },
  },
  {
    id: 'D12',
    name: 'stale state after the token',
    code: `export async function call(ctx: { tok: string }, getTok: () => Promise<void>, send: (t: string) => void) {
  if (!ctx.tok && localStorage.getItem('worker_credentials')) await getTok();
  send(ctx.tok || '');
}
`,
    verdict: 'migrated',
    has: ["send(ctx.tok || '')"],
  },
  {
    id: 'D13',
    name: 'token or credentials sent to the backend',
    code: `export async function call(clientId: string) {
  if (!localStorage.getItem('worker_credentials')) return null;
  return fetch('/api/users', { method: 'POST', body: JSON.stringify({ workerToken: localStorage.getItem('worker_token') || undefined, clientId }) });
}
`,
    verdict: 'migrated',
    has: ['(await workerTokenManager.loadToken()) || undefined'],
  },
  {
    id: 'D14',
    name: 'text body with Basic',
    code: `export async function get() {
${READ}  const r = await fetch(\`https://auth.pingone.eu/\${c.environmentId}/as/token\`, { method: 'POST', headers: { Authorization: \`Basic \${btoa(c.clientId + ':' + c.clientSecret)}\` }, body: 'grant_type=client_credentials' });
  return (await r.json()).access_token;
}
`,
    verdict: 'migrated',
    has: ['workerTokenManager.getWorkerToken()'],
  },
];
