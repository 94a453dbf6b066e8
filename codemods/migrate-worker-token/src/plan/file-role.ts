/** What a file is, where that alone decides that its sites are left: tests, servers, scripts, managers. */
import { isServerPath, isTestPath } from '@worker-token/legacy-signals';
import { findAll } from '../ast/node.js';
import { isCall, isFunction, isMember, propertyName } from '../ast/shapes.js';
import type { Module } from './module.js';
import type { Project } from './project.js';
import type { Reason } from './reasons.js';
import { isServedAsIs } from './served-as-is.js';

const SERVER_IMPORTS =
  /^(?:node:)?(?:http|https|http2|net|cluster|express|fastify|koa|@hapi\/hapi|@nestjs\/.+|hono|restify|next\/server)$/;

/** The reason to leave every site of the file, or null. */
export function reasonToLeave(project: Project, module: Module): Reason | null {
  if (isTestPath(module.rel)) return 'test-file';
  if (isServer(module)) return 'server-code';
  if (isManager(module)) return 'the-manager-itself';
  if (module.kind === 'script') return 'script-without-modules';
  return isServedAsIs(project, module) ? 'served-as-is' : null;
}

function isServer(module: Module): boolean {
  if (module.specifiers.some((from) => SERVER_IMPORTS.test(from))) return true;
  const usesStorage = /\b(local|session)Storage\b/.test(module.text);
  return (
    !usesStorage &&
    (isServerPath(module.rel) || hasRoutes(module) || /\bprocess\.env\.\w*CLIENT_SECRET/.test(module.text))
  );
}

/** `app.post('/path', (req, res) => …)` */
function hasRoutes(module: Module): boolean {
  const isRoute = /^(get|post|put|patch|delete|use|all)$/;
  return findAll(module.program, isCall).some((call) => {
    const [path, handler] = call['arguments'];
    const isMethod = isMember(call['callee']) && isRoute.test(propertyName(call['callee']) ?? '');
    return (
      isMethod && path?.type === 'StringLiteral' && handler && isFunction(handler) && handler['params'].length >= 2
    );
  });
}

/** Defines a worker token manager of its own. */
function isManager(module: Module): boolean {
  const isOurs = module.specifiers.some((from) => from.startsWith('@worker-token/'));
  if (isOurs) return false;
  return [...module.exports.keys()].some((name) =>
    /^(workerTokenManager|WorkerTokenManager|WorkerTokenRepository)$/.test(name),
  );
}
