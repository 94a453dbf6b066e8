// The plugin's own rules are written as eslint-plugin-eslint-plugin wants them.
import { fileURLToPath } from 'node:url';
import * as typescript from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import { expect, it } from 'vitest';

it('has rules that eslint-plugin-eslint-plugin has nothing to say about', async () => {
  const eslint = new ESLint({
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['src/rules/*.ts'], languageOptions: { parser: typescript } },
      { files: ['src/rules/*.ts'], ...eslintPlugin.configs.recommended },
      {
        files: ['src/rules/*.ts'],
        rules: {
          'eslint-plugin/require-meta-docs-url': 'error',
          'eslint-plugin/require-meta-docs-description': 'error',
          'eslint-plugin/require-meta-default-options': 'error',
          'eslint-plugin/unique-test-case-names': 'error',
        },
      },
    ],
  });
  const results = await eslint.lintFiles(['src/rules/*.ts']);
  expect(
    results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, message }) => `${filePath}:${line} ${ruleId ?? ''} ${message}`),
    ),
  ).toEqual([]);
});
