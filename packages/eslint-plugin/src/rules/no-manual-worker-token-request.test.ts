import { noManualWorkerTokenRequest } from './no-manual-worker-token-request.js';
import { testRule } from './rule-test.js';

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
  },
);
