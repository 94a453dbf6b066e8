import { noCredentialInUrl } from './no-credential-in-url.js';
import { testRule } from './rule-test.js';

testRule(
  'no-credential-in-url',
  noCredentialInUrl,
  {
    'a header': 'fetch(url, { headers: { Authorization: `Bearer ${accessToken}` } })',
    'a form': 'const body = `grant_type=x&client_secret=${clientSecret}`',
    'a page token': 'fetch(`/list?page_token=${nextPageToken}`)',
    'the id of a token': 'fetch(`/tokens/${tokenId}`)',
    'an invitation': 'const link = `/invite?token=${token}`',
    'the hint at the end of a session': 'location.href = `/signoff?id_token_hint=${idToken}`',
    'server code': `import express from 'express'; fetch(\`/x?access_token=\${accessToken}\`)`,
    'parameters that are a body': `const p = new URLSearchParams(); p.set('client_secret', secret)`,
  },
  {
    'a query': ['url', 'fetch(`/users?workerToken=${encodeURIComponent(t)}`)'],
    'a concatenation': ['url', `const url = base + '/me?access_token=' + t`],
    'a token under another name': ['url', 'const x = answer.access_token; open(`/me?t=${x}`)'],
    searchParams: ['url', `url.searchParams.append('access_token', t)`],
    'the params of axios': ['url', `import axios from 'axios'; axios.get('/me', { params: { access_token: t } })`],
    'a web socket': ['url', 'new WebSocket(`wss://x.example/?token=${session.accessToken}`)'],
  },
);
