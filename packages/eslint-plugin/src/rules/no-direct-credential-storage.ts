// Flags worker credentials and tokens read from or written to Web Storage past the manager.
import type { Rule } from 'eslint';
import { importedConstants } from '../ast/module-constants.js';
import type { StringContext } from '../ast/static-string.js';
import { callAccess, propertyAccess, type StorageAccess } from '../ast/storage-access.js';
import { keyJudge, mentionsStorage, type SensitiveKind } from '../sensitive-keys.js';

interface Options {
  checkRemovals: boolean;
}

const names: Record<SensitiveKind, string> = { credentials: 'Worker credentials', token: 'Worker token' };

const replacements: Record<SensitiveKind, Record<StorageAccess['operation'], string>> = {
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
    docs: {
      description:
        'disallow reading and writing worker credentials and tokens in Web Storage past the worker token manager',
      recommended: true,
      url: 'https://github.com/worker-token/worker-token/blob/main/packages/eslint-plugin/docs/rules/no-direct-credential-storage.md',
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
      read: '{{kind}} ("{{key}}") read past the worker token manager. Use {{replacement}}.',
      write: '{{kind}} ("{{key}}") written past the worker token manager. Use {{replacement}}.',
      remove: '{{kind}} ("{{key}}") removed past the worker token manager. Use {{replacement}}.',
    },
  },

  create(context) {
    if (!mentionsStorage(context.sourceCode.text)) return {};
    const { checkRemovals } = context.options[0] as Options;
    const strings: StringContext = { sourceCode: context.sourceCode, imported: importedConstants(context) };
    const kindOf = keyJudge(context);

    function check(access: StorageAccess | null): void {
      if (access === null || access.key === null) return;
      if (access.operation === 'remove' && !checkRemovals) return;
      const kind = kindOf(access.key);
      if (!kind) return;
      const data = { kind: names[kind], key: access.key, replacement: replacements[kind][access.operation] };
      context.report({ node: access.node, messageId: access.operation, data });
    }

    return {
      CallExpression: (node) => check(callAccess(node, strings)),
      MemberExpression: (node) => check(propertyAccess(node, strings)),
    };
  },
};
