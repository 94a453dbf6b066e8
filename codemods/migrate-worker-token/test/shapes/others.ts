/** Shapes E: what looks alike and must not be touched. */
import type { Shape } from './shape.js';

export const OTHERS: Shape[] = [
  {
    id: 'E01',
    name: 'server route',
    code: {
      'server/routes.js': `import express from 'express';
const app = express();
app.post('/api/client-credentials', async (req, res) => {
  const r = await fetch(\`https://auth.pingone.com/\${req.body.environment_id}/as/token\`, { method: 'POST', body: 'grant_type=client_credentials' });
  res.json(await r.json());
});
`,
    },
    verdict: 'untouched',
  },
  {
    id: 'E02',
    name: 'tests of the route',
    code: {
      'server/routes.test.js': `import request from 'supertest';
export const answers = () => request(app).post('/api/client-credentials').send({ environment_id: 'e' }).expect(200);
`,
    },
    verdict: 'untouched',
  },
  {
    id: 'E03',
    name: 'same address in another application',
    code: `export const create = (username: string) => fetch('/api/client-credentials', { method: 'POST', body: JSON.stringify({ client_id: 7, username }) });
`,
    verdict: 'untouched',
  },
  {
    id: 'E04',
    name: 'same key in another application',
    code: `export const shiftToken = () => localStorage.getItem('worker_token');
`,
    verdict: 'untouched',
  },
  {
    id: 'E05',
    name: 'code in text',
    code: `export const SNIPPET = \`const t = localStorage.getItem('worker_credentials');\\nawait fetch('https://auth.pingone.com/as/token')\`;
`,
    verdict: 'untouched',
  },
  {
    id: 'E06',
    name: 'bundle in the repository',
    code: { 'dist/bundle.min.js': `const e=localStorage.getItem("worker_credentials"),r=e?JSON.parse(e):null;\n` },
    verdict: 'untouched',
  },
  {
    id: 'E07',
    name: 'backup beside the source',
    code: { 'src/flow.backup.ts': `export const c = () => localStorage.getItem('worker_credentials');\n` },
    verdict: 'untouched',
  },
  {
    id: 'E08',
    name: 'script for the console of a browser',
    code: {
      'scripts/repair.js': `(() => {\n  const d = localStorage.getItem('pingone_worker_token_credentials_x');\n  console.log(d);\n})();\n`,
    },
    verdict: { left: ['script-without-modules'] },
  },
  {
    id: 'E09',
    name: 'tests that fill the storage',
    code: { 'src/session.test.ts': `beforeEach(() => localStorage.setItem('worker_credentials', '{}'));\n` },
    verdict: 'untouched',
  },
  {
    id: 'E10',
    name: 'a manager of its own',
    code: `export const workerTokenManager = { load: () => JSON.parse(localStorage.getItem('worker_credentials') ?? 'null') };
`,
    verdict: 'untouched',
  },
  {
    id: 'E11',
    name: 'patched storage',
    code: `const PROTECTED = ['worker_credentials'];
const original = localStorage.getItem;
localStorage.getItem = (key: string) => {
  if (PROTECTED.includes(key)) console.warn(key);
  return original.call(localStorage, key);
};
export {};
`,
    verdict: { left: ['key-as-value'] },
  },
  {
    id: 'E12',
    name: 'credentials of a server',
    code: {
      'server/config.js': `export const id = process.env.PINGONE_WORKER_TOKEN_CLIENT_ID || store.get('pingone_worker_token_client_id');\nexport const secret = process.env.CLIENT_SECRET;\n`,
    },
    verdict: 'untouched',
  },
  {
    id: 'E13',
    name: 'client credentials of another flow',
    code: `export async function demo(form: { endpoint: string; id: string; secret: string }) {
  const r = await fetch(form.endpoint, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: form.id, client_secret: form.secret }) });
  return r.json();
}
`,
    verdict: 'untouched',
  },
  {
    id: 'E14',
    name: 'script with patterns',
    code: {
      'scripts/migrate.mjs': `export const pattern = /localStorage\\.getItem\\(['"]pingone_worker_token['"]\\)/g;\n`,
    },
    verdict: 'untouched',
  },
];
