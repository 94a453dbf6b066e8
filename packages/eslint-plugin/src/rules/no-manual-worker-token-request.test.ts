import { noManualWorkerTokenRequest } from './no-manual-worker-token-request.js';
import { testRule } from './rule-test.js';

const manager = `import { workerTokenManager } from '@worker-token/manager';\n`;
const ask = `fetch('/as/token', { method: 'POST', body: 'grant_type=client_credentials' })`;

testRule(
  'no-manual-worker-token-request',
  noManualWorkerTokenRequest,
  {
    'a list of clients': `fetch('/api/client-credentials')`,
    'a resource of another application': `fetch('/api/client-credentials', { method: 'POST', body: JSON.stringify({ username, password_enc }) })`,
    'one of many': `fetch('/api/client-credentials/7', { method: 'POST', body: JSON.stringify({ environment_id }) })`,
    'another grant': `fetch('/as/token', { method: 'POST', body: 'grant_type=authorization_code' })`,
    'a local function called fetch': `function f(fetch) { fetch('/as/token', { method: 'POST', body: 'grant_type=client_credentials' }) }`,
    'server code': `'use server'; fetch('/as/token', { method: 'POST', body: 'grant_type=client_credentials' })`,
    'a test': `import { it } from 'vitest'; fetch('/as/token', { method: 'POST', body: 'grant_type=client_credentials' })`,
    'code inside a string': "const code = `fetch('/as/token', { body: 'grant_type=client_credentials' })`",
    'the manager': `const token = await workerTokenManager.getWorkerToken()`,
    'a route': `app.post('/api/client-credentials', handler)`,
  },
  {
    'the proxy, with the fields of a worker': [
      'request',
      `fetch('/api/client-credentials', { method: 'POST', body: JSON.stringify({ environment_id }) })`,
    ],
    'the proxy, with a sign of PingOne': [
      'request',
      `// PingOne\nfetch('/api/client-credentials', { method: 'POST', body })`,
    ],
    'the token endpoint': [
      'request',
      `fetch(\`\${host}/as/token\`, { method: 'POST', body: 'grant_type=client_credentials' })`,
    ],
    'parameters that are added one by one': [
      'request',
      `const p = new URLSearchParams(); p.set('grant_type', 'client_credentials'); fetch('/oauth/token', { method: 'POST', body: p })`,
    ],
    'an instance of axios': [
      'request',
      `import axios from 'axios'; const http = axios.create(); http.post('/as/token', { grant_type: 'client_credentials' })`,
    ],
    'a chain of superagent': [
      'request',
      `import agent from 'superagent'; agent.post('/as/token').type('form').send('grant_type=client_credentials')`,
    ],
    XMLHttpRequest: [
      'request',
      `const x = new XMLHttpRequest(); x.open('POST', '/as/token'); x.send('grant_type=client_credentials')`,
    ],
    'an endpoint by name': [
      'request',
      `fetch(config.tokenEndpoint, { method: 'POST', body: 'grant_type=client_credentials' })`,
    ],
    'an answer that is used for its token alone': [
      'request',
      `async function f() {\n  const r = await ${ask};\n  if (!r.ok) throw new Error('no');\n  const d = await r.json();\n  return d.access_token;\n}`,
      {
        messageId: 'useManager',
        output: `${manager}async function f() {\n  return await workerTokenManager.getWorkerToken();\n}`,
      },
    ],
    'an answer that is taken apart': [
      'request',
      `async () => { const { access_token: t } = await (await ${ask}).json(); use(t) }`,
      {
        messageId: 'useManager',
        output: `${manager}async () => { const t = await workerTokenManager.getWorkerToken(); use(t) }`,
      },
    ],
    'a chain of then': [
      'request',
      `const token = () => ${ask}.then((r) => r.json()).then((d) => d.access_token)`,
      { messageId: 'useManager', output: `${manager}const token = () => workerTokenManager.getWorkerToken()` },
    ],
    'an answer of which more is used': [
      'request',
      `async () => { const d = await (await ${ask}).json(); keep(d.expires_in); return d.access_token }`,
    ],
    'an answer with a comment that would be lost': [
      'request',
      `async () => { const d = await (await ${ask}) /* slow */ .json(); return d.access_token }`,
    ],
    'a wrapper around fetch': [
      'request',
      `const post = (url, body) => fetch(url, { method: 'POST', body }); post('/as/token', 'grant_type=client_credentials')`,
    ],
    'options that are spread': [
      'request',
      `const init = { body: 'grant_type=client_credentials' }; fetch('/as/token', { ...init, method: 'POST' })`,
    ],
  },
);
