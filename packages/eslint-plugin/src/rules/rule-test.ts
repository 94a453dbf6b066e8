// What the tests of all rules share: a tester with the TypeScript parser, and short ways to write cases.
import * as typescript from '@typescript-eslint/parser';
import { RuleTester, type Rule } from 'eslint';
import { afterAll, describe, it } from 'vitest';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it;
(RuleTester as { afterAll?: unknown }).afterAll = afterAll;

const languageOptions = {
  parser: typescript,
  ecmaVersion: 'latest',
  sourceType: 'module',
  parserOptions: { ecmaFeatures: { jsx: true } },
} as const;

type Cases = Record<string, string>;

/** Cases by name; `reported` maps a name to code and the id of its one message. */
export function testRule(
  name: string,
  rule: Rule.RuleModule,
  silent: Cases,
  reported: Record<string, [messageId: string, code: string, suggestion?: { messageId: string; output: string }]>,
  filename = 'page.tsx',
): void {
  new RuleTester({ languageOptions }).run(name, rule, {
    valid: Object.entries(silent).map(([title, code]) => ({ name: title, code, filename })),
    invalid: Object.entries(reported).map(([title, [messageId, code, suggestion]]) => ({
      name: title,
      code,
      filename,
      errors: [{ messageId, ...(suggestion ? { suggestions: [suggestion] } : {}) }],
    })),
  });
}
