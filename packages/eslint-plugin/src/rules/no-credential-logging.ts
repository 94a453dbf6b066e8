// Flags tokens and credentials that are handed to the console or to a logger.
import type { Rule } from 'eslint';
import type { CallExpression } from 'estree';
import { moduleOf, type Module } from '../ast/module.js';
import { propertyName } from '../ast/resolve.js';
import { unwrap } from '../ast/unwrap.js';
import { mayCarrySecret } from '../gate.js';
import { docsUrl } from '../package-identity.js';
import { fileRole } from '../policy/file-role.js';
import { sensitiveValue } from '../policy/sensitive-value.js';

interface Options {
  loggers: string[];
}

const methods =
  /^(log|info|debug|warn|error|trace|dir|dirxml|table|fatal|verbose|silly|notice|group|groupCollapsed|assert|captureMessage|captureException|addBreadcrumb|setExtra|setContext|setTag|track|identify|success)$/;
const speaksOfAuth =
  /token_?response|[gs]et_?token|auth|bearer|oauth|log_?in|sign_?in|credential|jwt|access|worker|secret|Storage/i;

export const noCredentialLogging: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow logging tokens and credentials',
      recommended: true,
      url: docsUrl('no-credential-logging'),
    },
    schema: [
      {
        type: 'object',
        properties: {
          loggers: {
            type: 'array',
            items: { type: 'string' },
            description: 'Names of objects and functions that log.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [
      {
        loggers: [
          'console',
          'log',
          'logger',
          'Logger',
          'logging',
          'winston',
          'pino',
          'loglevel',
          'Sentry',
          'datadogLogs',
          'datadogRum',
          'rollbar',
          'Bugsnag',
          'LogRocket',
          'analytics',
          'mixpanel',
          'posthog',
          'debug',
        ],
      },
    ],
    messages: {
      logged:
        '{{what}} reach a log here. Log what is known of them instead: `workerTokenManager.getStatus()` says whether there is a token and how long it lives.',
    },
  },

  create(context) {
    const { text } = context.sourceCode;
    if (!mayCarrySecret(context) || fileRole(context) !== 'page') return {};
    const loggers = new Set((context.options[0] as Options).loggers);
    const module = moduleOf(context);

    return {
      CallExpression(node) {
        if (!logs(node, loggers, module)) return;
        for (const argument of node.arguments) {
          const verdict = sensitiveValue(argument, module);
          if (!verdict || (!verdict.sure && !speaksOfAuth.test(text))) continue;
          const what = verdict.kind === 'token' ? 'Tokens' : 'Credentials';
          return context.report({ node: argument, messageId: 'logged', data: { what } });
        }
      },
    };
  },
};

/** `console.log(…)`, `this.logger.info(…)`, `log(…)`. */
function logs(call: CallExpression, loggers: ReadonlySet<string>, module: Module): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return loggers.has(callee.name) && callee.name !== 'console';
  if (callee.type !== 'MemberExpression' || !methods.test(propertyName(callee, module) ?? '')) return false;
  const object = unwrap(callee.object);
  if (object.type === 'Identifier') return loggers.has(object.name);
  if (object.type !== 'MemberExpression') return false;
  const name = propertyName(object, module) ?? '';
  return loggers.has(name) || loggers.has(name.replace(/^#/, ''));
}
