// Name and version of this package, as ESLint shows them in caches and `--print-config`. A test holds them against package.json.
export const name = '@worker-token/eslint-plugin';
export const version = '0.1.0';
