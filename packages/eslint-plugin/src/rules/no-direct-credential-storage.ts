// Flags credentials and tokens that are read from or written to browser storage past the manager.
import type { Rule } from 'eslint';
import type { CallExpression, Node } from 'estree';
import type { Access, Operation } from '../ast/access.js';
import { accessesOf } from '../ast/accesses.js';
import { moduleOf } from '../ast/module.js';
import { wrapperCalls } from '../ast/wrappers.js';
import { mayTouchStorage } from '../gate.js';
import { docsUrl } from '../package-identity.js';
import { fileRole } from '../policy/file-role.js';
import { judgeAccess, type Finding } from '../policy/judged-access.js';
import { keyJudge } from '../policy/sensitive-keys.js';
import type { SensitiveKind } from '../policy/sensitive-name.js';
import { settingsOf } from '../settings.js';
import { storageSuggestions } from './storage-suggestions.js';

interface Options {
  checkRemovals: boolean;
}

const names: Record<SensitiveKind, string> = { credentials: 'credentials', token: 'token' };

const replacements: Record<SensitiveKind, Record<Operation, string>> = {
  credentials: {
    read: '`await workerTokenManager.loadCredentials()`, or `workerTokenManager.peekCredentials()` where `await` is not possible',
    write: '`await workerTokenManager.saveCredentials(…)`',
    remove: '`await workerTokenManager.clearAll()`',
  },
  token: {
    read: '`await workerTokenManager.getWorkerToken()`, or `workerTokenManager.peekToken()` where `await` is not possible',
    write: '`await workerTokenManager.getWorkerToken()`, which keeps the token by itself',
    remove: '`await workerTokenManager.invalidateToken()`',
  },
};

export const noDirectCredentialStorage: Rule.RuleModule = {
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: {
      description:
        'disallow reading and writing credentials and tokens in browser storage past the worker token manager',
      recommended: true,
      url: docsUrl('no-direct-credential-storage'),
    },
    schema: [
      {
        type: 'object',
        properties: {
          checkRemovals: { type: 'boolean', description: 'Whether `removeItem` and `delete` are flagged, too.' },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkRemovals: false }],
    messages: {
      read: '{{what}} read from {{store}} past the worker token manager. Use {{replacement}}.',
      write: '{{what}} written to {{store}} past the worker token manager. Use {{replacement}}.',
      useManager: 'Use `{{code}}`.',
      remove: '{{what}} removed from {{store}} past the worker token manager. Use {{replacement}}.',
    },
  },

  create(context) {
    if (!mayTouchStorage(context) || fileRole(context) !== 'page') return {};
    const { checkRemovals } = context.options[0] as Options;
    const module = moduleOf(context);
    const keys = keyJudge(context);
    const counts = ({ operation }: Access) => operation !== 'remove' || checkRemovals;

    const source = settingsOf(context).managerImport ?? '@worker-token/manager';
    const hasComments = (node: Node) => context.sourceCode.getCommentsInside(node).length > 0;

    function report(access: Access, finding: Finding): void {
      const { operation, store, node } = access;
      const { kind, known, key } = finding;
      const name = `${known ? 'Worker ' : ''}${names[kind]}`;
      const what = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}${key === null ? '' : ` ("${key}")`}`;
      context.report({
        ...{ node, messageId: operation, data: { what, store, replacement: replacements[kind][operation] } },
        suggest: storageSuggestions(access, finding, module, source, hasComments),
      });
    }

    function check(node: Node): void {
      const accesses = accessesOf(node, module);
      for (const access of accesses.filter(counts)) {
        const finding = judgeAccess(access, module, keys);
        if (finding) report(access, finding);
      }
      if (accesses.length === 0 && node.type === 'CallExpression') checkWrapper(node);
    }

    function checkWrapper(call: CallExpression): void {
      if (call.arguments.length === 0) return;
      for (const { access, inside, home } of wrapperCalls(call, module, accessesOf)) {
        if (!counts(access) || judgeAccess(inside, home, keys)) continue;
        const finding = judgeAccess(access, module, keys);
        if (finding) return report(access, finding);
      }
    }

    return {
      CallExpression: check,
      NewExpression: check,
      MemberExpression: check,
      AssignmentExpression: check,
      VariableDeclarator: check,
      PropertyDefinition: check,
      MethodDefinition: check,
    };
  },
};
