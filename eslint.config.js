import js from '@eslint/js';
import workerToken from '@worker-token/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // apps/legacy is the anti-pattern on purpose; fixtures are inputs and outputs of tools
  globalIgnores(['**/dist/**', '.cache/**', '**/.turbo/**', '**/fixtures/**', 'apps/legacy/src/**', 'coverage/**']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // environments differ from what the DOM's types promise: features are asked for
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    // tests stub, poke and build half-known values; the codemod walks Babel's syntax trees as open records, with guards of its own;
    // the sample app is the codemod's output
    files: [
      'apps/sample/src/**',
      '**/*.test.{ts,tsx}',
      '**/test/**',
      'e2e/**',
      'codemods/migrate-worker-token/src/{ast,plan,rewrite,setup-module}/**',
    ],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  { files: ['apps/**/*.{jsx,tsx}', 'packages/react/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  { files: ['apps/sample/src/**'], extends: [workerToken.configs.strict] },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['apps/*/src/**/*.{js,jsx}'],
    languageOptions: { globals: globals.browser, parserOptions: { ecmaFeatures: { jsx: true } } },
  },
);
