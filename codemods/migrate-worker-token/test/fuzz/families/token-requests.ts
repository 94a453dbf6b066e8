/** Shapes that ask a proxy or PingOne itself for a token. */
import type { Family, FileSketch } from '../file-sketch.js';

const LOADED =
  'const text = CREDS;\nconst worker = text ? JSON.parse(text) : null;\nif (!worker) throw new Error("not configured");';
const loaded = (file: FileSketch) => LOADED.replace('CREDS', file.get('credentials'));

const BODIES = [
  `JSON.stringify({ environment_id: worker.environmentId, client_id: worker.clientId, client_secret: worker.clientSecret })`,
  `JSON.stringify({ environmentId: worker.environmentId, clientId: worker.clientId, clientSecret: worker.clientSecret })`,
  `JSON.stringify({ environment_id: worker.environmentId, auth_method: 'client_secret_post', headers: {}, body: { grant_type: 'client_credentials', client_id: worker.clientId, client_secret: worker.clientSecret } })`,
];

function proxyFetch(file: FileSketch): string {
  const headers = file.random.pick([``, `headers: { 'Content-Type': 'application/json' }, `]);
  return file.op(
    'request',
    `fetch('/api/client-credentials', { method: 'POST', ${headers}body: ${file.random.pick(BODIES)} })`,
  );
}

const keep = (file: FileSketch, token: string, expiresIn: string) =>
  `${file.set('token', token)};\n${file.set('expiry', `String(Date.now() + ${expiresIn} * 1000)`)};`;

export const tokenRequests: Record<string, Family> = {
  'proxy-from-store': (file) =>
    file.fn(
      `${loaded(file)}\nconst response = await ${proxyFetch(file)};\nconst { access_token } = await response.json();\nreturn access_token as string;`,
      { returns: 'string' },
    ),
  'proxy-checked': (file) =>
    file.fn(
      `${loaded(file)}\nconst response = await ${proxyFetch(file)};\nif (!response.ok) throw new Error(\`token request failed: \${response.status}\`);\nconst data = await response.json();\nif (!data.access_token) throw new Error('no token');\nreturn data.access_token as string;`,
      { returns: 'string' },
    ),
  'proxy-and-keep': (file) =>
    file.fn(
      `${loaded(file)}\nconst response = await ${proxyFetch(file)};\nif (!response.ok) {\nconst problem = await response.json().catch(() => ({}));\nthrow new Error(problem.error_description || 'failed');\n}\nconst data = await response.json();\n${keep(file, 'data.access_token', '(data.expires_in || 3600)')}\nreturn data.access_token as string;`,
      { returns: 'string' },
    ),
  'proxy-then-chain': (file) =>
    file.fn(
      `${loaded(file)}\nconst data = await ${proxyFetch(file)}.then((answer) => answer.json());\nconst users = await fetch('https://api.pingone.com/v1/users', { headers: { Authorization: \`Bearer \${data.access_token}\` } });\nreturn users.status;`,
      { returns: 'number' },
    ),
  'proxy-callbacks': (file) => {
    const name = file.name();
    return `export function ${name}(onToken: (token: string) => void, onError: (error: unknown) => void): void {
  const text = ${file.get('credentials')};
  const worker = text ? JSON.parse(text) : null;
  if (!worker) return;
  ${proxyFetch(file)}
    .then((answer) => answer.json())
    .then(({ access_token }) => onToken(access_token))
    .catch(onError);
}`;
  },
  'proxy-url-computed': (file) => {
    const base = file.name('base');
    return `const ${base} = '';\n${file.fn(
      `${loaded(file)}\nconst endpoint = \`\${${base}}/api/client-credentials\`;\nconst response = await ${file.op('request', `fetch(endpoint, { method: 'POST', body: ${file.random.pick(BODIES)} })`)};\nreturn ((await response.json()) as { access_token: string }).access_token;`,
      { returns: 'string' },
    )}`;
  },
  'direct-as-token': (file) =>
    file.fn(
      `${loaded(file)}\nconst response = await ${file.op('request', `fetch(\`https://auth.pingone.com/\${worker.environmentId}/as/token\`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ grant_type: 'client_credentials', client_id: worker.clientId, client_secret: worker.clientSecret }) })`)};\nconst data = await response.json();\nif (!response.ok) throw new Error(data.error);\nreturn data.access_token as string;`,
      { returns: 'string' },
    ),
  'string-body-basic': (file) =>
    file.fn(
      `${loaded(file)}\nconst response = await ${file.op('request', `fetch(\`https://auth.pingone.eu/\${worker.environmentId}/as/token\`, { method: 'POST', headers: { Authorization: \`Basic \${btoa(worker.clientId + ':' + worker.clientSecret)}\`, 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'grant_type=client_credentials' })`)};\nconst { access_token } = (await response.json()) as { access_token: string };\nreturn access_token;`,
      { returns: 'string' },
    ),
  'cached-or-request': (file) =>
    file.fn(
      `const cached = ${file.get('token')};\nconst until = ${file.get('expiry')};\nif (cached && until && Date.now() < Number(until)) return cached;\n${loaded(file)}\nconst response = await ${proxyFetch(file)};\nconst data = await response.json();\n${keep(file, 'data.access_token', 'data.expires_in')}\nreturn data.access_token as string;`,
      { returns: 'string' },
    ),
  'retry-on-401': (file) => {
    const helper = file.name('get');
    return `async function ${helper}(): Promise<string> {
  ${loaded(file)}
  const response = await ${proxyFetch(file)};
  return (await response.json()).access_token;
}
${file.fn(
  `let token = ${file.get('token')};\nif (!token) token = await ${helper}();\nlet answer = await fetch('/api/things', { headers: { Authorization: \`Bearer \${token}\` } });\nif (answer.status === 401) {\n${file.remove('token')};\ntoken = await ${helper}();\nanswer = await fetch('/api/things', { headers: { Authorization: \`Bearer \${token}\` } });\n}\nreturn answer.status;`,
  { returns: 'number' },
)}`;
  },
  'deferred-onProceed': (file) => {
    const name = file.name();
    return `export function ${name}(modal: { show(options: { onProceed: () => Promise<void> }): void }): void {
  modal.show({
    onProceed: async () => {
      ${loaded(file)}
      const response = await ${proxyFetch(file)};
      ${file.set('token', '(await response.json()).access_token')};
    },
  });
}`;
  },
  'shown-response': (file) =>
    file.fn(
      `${loaded(file)}\nconst response = await ${proxyFetch(file)};\nconst data = await response.json();\nreturn { status: response.status, type: data.token_type as string };`,
      { returns: '{ status: number; type: string }' },
    ),
  'form-request': (file) =>
    file.fn(`const response = await ${proxyFetch(file)};\nreturn (await response.json()).access_token as string;`, {
      params: 'worker: { environmentId: string; clientId: string; clientSecret: string }',
      args: `{ environmentId: '1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9', clientId: 'client-9', clientSecret: 'secret-9' }`,
      returns: 'string',
    }),
  'harness-style': (file) =>
    file.fn(
      `${loaded(file)}\nconst started = Date.now();\nconst response = await ${proxyFetch(file)};\nconsole.debug({ ok: response.ok, data: await response.json(), ms: Date.now() - started });\nreturn response.ok;`,
      { returns: 'boolean' },
    ),
};
