// Name and version of this package, as ESLint shows them in caches and `--print-config`. A test holds them against package.json.
export const name = '@worker-token/eslint-plugin';
export const version = '0.0.0';

/** Where the page of a rule is. */
export const docsUrl = (rule: string) =>
  `https://github.com/worker-token/worker-token/blob/main/packages/eslint-plugin/docs/rules/${rule}.md`;
