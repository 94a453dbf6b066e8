// The plugin on both apps: red where the old way is, silent where the codemod and a hand finish have been.
import { fileURLToPath } from 'node:url';
import * as typescript from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';
import plugin from '../src/index.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

async function reports(app: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.{ts,tsx,js,jsx}'],
        languageOptions: { parser: typescript, parserOptions: { ecmaFeatures: { jsx: true } } },
      },
      plugin.configs.strict,
    ],
  });
  const results = await eslint.lintFiles([`apps/${app}/src/**/*.{ts,tsx,js,jsx}`]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => `${filePath.slice(root.length)}:${line} ${ruleId ?? message}`),
  );
}

it('flags the legacy app in every file that keeps credentials or a token by itself', async () => {
  const found = await reports('legacy');
  const files = new Set(found.map((report) => report.split(':')[0]));
  expect(found.length).toBeGreaterThan(25);
  expect([...files]).toEqual(
    expect.arrayContaining([
      'apps/legacy/src/api/auditToken.js',
      'apps/legacy/src/api/bulkLookup.js',
      'apps/legacy/src/api/licensing.js',
      'apps/legacy/src/api/requestToken.ts',
      'apps/legacy/src/api/users.ts',
      'apps/legacy/src/components/EnvironmentLabel.tsx',
      'apps/legacy/src/hooks/useTokenInfo.ts',
      'apps/legacy/src/lib/savedCredentials.ts',
      'apps/legacy/src/lib/tokenExpiry.ts',
      'apps/legacy/src/pages/AuditActivities.jsx',
      'apps/legacy/src/pages/BulkUserLookup.tsx',
      'apps/legacy/src/pages/IdentityMetrics.tsx',
      'apps/legacy/src/pages/OrganizationLicensing.jsx',
      'apps/legacy/src/pages/UserProfile.tsx',
      'apps/legacy/src/pages/WorkerTokenFlow.tsx',
      'apps/legacy/src/services/WorkerSession.ts',
      'apps/legacy/src/services/metricsClient.js',
    ]),
  );
});

it('is silent on the sample app', async () => {
  expect(await reports('sample')).toEqual([]);
});
