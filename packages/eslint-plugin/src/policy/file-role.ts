// What a file is: a page's code, a test, server code, or the storage packages themselves. Only a page's code is held to the rules.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Rule } from 'eslint';
import { isServerPath, isTestPath } from '@worker-token/legacy-signals';
import { settingsOf } from '../settings.js';

export type FileRole = 'page' | 'test' | 'server' | 'own';

const testPath =
  /(^|\/)(__tests__|__mocks__|__fixtures__|mocks?|fixtures|stories|cypress|playwright|e2e|tests?|testing|test-utils|\.storybook|msw)\/|\.(test|spec|stories|story|cy|e2e|mock|fixture|e2e-spec|bench|test-d)\.[cm]?[jt]sx?$|(^|\/)(setupTests|jest\.setup|vitest\.setup|test-setup|playwright\.config|cypress\.config)\.[cm]?[jt]sx?$/;
const testImport =
  /from\s+['"](vitest|@jest\/globals|@playwright\/test|cypress|@testing-library\/[^'"]+|@storybook\/[^'"]+|msw(\/[^'"]+)?|node:test|ava|chai|sinon)['"]/;
const testCall = /^\s*(describe|it|test|beforeEach)(\.\w+)?\(\s*['"`]/m;
const serverPath =
  /(^|\/)(server|servers|backend|netlify|api-server)\/(?!.*\.[jt]sx$)|\.server\.[cm]?[jt]sx?$|(^|\/)pages\/api\/|(^|\/)app\/(.*\/)?route\.[cm]?[jt]s$|(^|\/)(server|backend)\.[cm]?[jt]s$|(^|\/)api\/.*\/route\.[cm]?[jt]s$/;
/** Names that pages use for other things, too. */
const oftenServerPath = /(^|\/)(functions|lambdas?|routes|edge)\/(?!.*\.[jt]sx$)|(^|\/)middleware\.[cm]?[jt]s$/;
const serverImport =
  /(from\s+|require\(\s*|import\s*\(?\s*)['"](node:[\w/]+|express|fastify|koa|next\/(server|headers)|@nestjs\/[^'"]+|hapi|@hapi\/[^'"]+|http|https|fs|fs\/promises|child_process|server-only|hono|@hono\/[^'"]+|aws-lambda|@netlify\/functions|@remix-run\/node|@sveltejs\/kit|pg|mysql2?|mongoose|ioredis|redis|express-session|h3|polka|restify|commander|yargs|jsonwebtoken|passport|bcryptjs?|typeorm|@prisma\/client|@medusajs\/(framework|medusa|utils|types)[\w/-]*|dotenv(\/config)?)['"]/;
const useServer = /^\s*['"]use server['"]/m;
const serverEnv =
  /\bprocess\.env\.(?!NODE_ENV|NEXT_PUBLIC_|REACT_APP_|VITE_|PUBLIC_|EXPO_PUBLIC_|GATSBY_|VUE_APP_)\w+|\bprocess\.env\[|\bDeno\.env\b/;
const browser = /\b(window|document|localStorage|sessionStorage|useState|useEffect)\b|<\/\w|['"]use client['"]/;
/** What only Node has. */
const node = /\bBuffer\.(from|alloc)\(|\b__dirname\b|\brequire\.main\b|\bprocess\.(argv|exit)\b|['"]node-fetch['"]/;
const commonJs = /\brequire\(\s*['"]|\bmodule\.exports\b/;
const ownNames = /"name":\s*"@worker-token\/(storage|manager|react)"/;
const serverPackages = /"(express|koa|fastify|@nestjs\/core|@hapi\/hapi|hono)":/;
const pagePackages =
  /"(react|react-dom|vue|svelte|@angular\/core|preact|solid-js|next|nuxt|vite|webpack|parcel|lit|jquery)":/;

/** Imports and directives stand at the beginning; characters. */
const head = 12_000;

const roles = new WeakMap<object, FileRole>();

export function fileRole(context: Rule.RuleContext): FileRole {
  const known = roles.get(context.sourceCode);
  if (known) return known;
  const role = roleOf(context);
  roles.set(context.sourceCode, role);
  return role;
}

function roleOf(context: Rule.RuleContext): FileRole {
  const { text: whole } = context.sourceCode;
  const text = whole.length > head ? whole.slice(0, head) : whole;
  const file = context.physicalFilename;
  const path = pathOf(context);
  const byPath = roleOfPath(path, context);
  if (byPath) return byPath;
  if (testImport.test(text) || testCall.test(text)) return 'test';
  if (useServer.test(text) || serverImport.test(text)) return 'server';
  if (!browser.test(whole) && isServersOwn(whole, path, file)) return 'server';
  return manifestOf(file).isOwn ? 'own' : 'page';
}

/** Not a test, a server's file or one that is allowed to, as far as its path says: cheaper than its role. */
export const isPagePath = (context: Rule.RuleContext) => roleOfPath(pathOf(context), context) === null;

function pathOf({ cwd, physicalFilename: file }: Rule.RuleContext): string {
  const path = file.startsWith(`${cwd}/`) ? file.slice(cwd.length + 1) : relative(cwd, file); // the latter is slow
  return path.replaceAll('\\', '/').replace(/^(\.\.\/)+/, '');
}

function roleOfPath(path: string, context: Rule.RuleContext): FileRole | null {
  const { allow = [], serverFiles = [] } = settingsOf(context);
  if (matches(path, allow)) return 'own';
  if (isTestPath(path) || testPath.test(path)) return 'test';
  return isServerPath(path) || serverPath.test(path) || matches(path, serverFiles) ? 'server' : null;
}

/** Without a word of the browser: it lies where servers do, asks the environment, uses what only Node has, or is CommonJS in a server's package. */
const isServersOwn = (text: string, path: string, file: string) =>
  oftenServerPath.test(path) ||
  serverEnv.test(text) ||
  node.test(text) ||
  (commonJs.test(text) && manifestOf(file).isServer);

/** `**` any folders, `*` anything but a slash. */
function matches(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => {
    const pattern = glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*\/?|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(.*/)?'))
      .replace(/\(\.\*\/\)\?$/, '.*');
    return new RegExp(`^${glob.startsWith('/') ? '' : '(.*/)?'}${pattern}$`).test(path);
  });
}

interface Manifest {
  /** One of the packages that keep credentials on purpose. */
  isOwn: boolean;
  /** It serves, and has nothing that shows pages. */
  isServer: boolean;
}

const manifests = new Map<string, Manifest>();

/** What the nearest package.json says of a file. */
function manifestOf(file: string): Manifest {
  const folder = dirname(file);
  const known = manifests.get(folder);
  if (known) return known;
  const path = join(folder, 'package.json');
  const parent = dirname(folder);
  const found = existsSync(path) || parent === folder ? read(path) : manifestOf(join(parent, 'x'));
  manifests.set(folder, found);
  return found;
}

function read(path: string): Manifest {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return { isOwn: ownNames.test(text), isServer: serverPackages.test(text) && !pagePackages.test(text) };
}
