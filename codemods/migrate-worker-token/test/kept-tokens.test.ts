/** A writer of a token that the check takes back, with the real compiler: its readers have to stay with it. */
import { expect, it } from 'vitest';
import { migrate } from '../src/migrate.js';
import { project, snapshot, TSCONFIG } from './project.js';

const REQUEST = `type Token = \`pt_\${string}\`;

export async function requestToken(): Promise<Token> {
  const worker = JSON.parse(localStorage.getItem('worker_credentials') ?? '{}');
  const response = await fetch('/api/client-credentials', {
    method: 'POST',
    body: JSON.stringify({ environmentId: worker.environmentId, clientId: worker.clientId, clientSecret: worker.clientSecret }),
  });
  const data = await response.json();
  localStorage.setItem('worker_token', data.access_token);
  return data.access_token;
}
`;

const READ = `import { requestToken } from './request';

export async function authorization(): Promise<string> {
  return \`Bearer \${localStorage.getItem('worker_token') ?? (await requestToken())}\`;
}
`;

const PROFILE = `export async function environment(): Promise<string> {
  const text = localStorage.getItem('worker_credentials');
  return text ? JSON.parse(text).environmentId : '';
}
`;

it('leaves the readers of a token whose writer was taken back, and migrates the rest', async () => {
  const root = project({
    'package.json': '{}\n',
    'tsconfig.json': TSCONFIG,
    'src/request.ts': REQUEST,
    'src/read.ts': READ,
    'src/profile.ts': PROFILE,
  });

  const report = await migrate({ root, force: true });

  const files = snapshot(root);
  expect(files['src/request.ts']).toBe(REQUEST);
  expect(files['src/read.ts']).toBe(READ);
  expect(files['src/profile.ts']).toContain('await workerTokenManager.loadCredentials()');
  expect(files['src/worker-token.ts']).toContain("bridge: ['worker_credentials']");
  expect(files['src/worker-token.ts']).not.toContain('tokens:');
  const read = report.sites.find((site) => site.file === 'src/read.ts');
  expect(read).toMatchObject({ pattern: 'read-token', status: 'manual' });
  expect(read?.reason).toMatch(/^token-writer-left: .*\(src\/request\.ts:\d+\)$/);
  expect(report.summary).toMatchObject({ manual: 1, rolledBack: 3 });
});
