// Flags worker tokens that a page requests by hand.
import type { Rule } from 'eslint';
import type { Node } from 'estree';
import { moduleOf } from '../ast/module.js';
import { wrappedRequest } from '../ast/request-wrappers.js';
import { requestOf } from '../ast/requests.js';
import { mayRequestToken } from '../gate.js';
import { docsUrl } from '../package-identity.js';
import { fileRole } from '../policy/file-role.js';
import { hasEvidence, signalsOf } from '../policy/sensitive-keys.js';
import { settingsOf } from '../settings.js';
import { requestSuggestions } from './request-suggestions.js';
import { tokenRequest } from '../policy/token-request.js';

interface Options {
  endpoints: string[];
}

export const noManualWorkerTokenRequest: Rule.RuleModule = {
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: {
      description: 'disallow requesting worker tokens by hand',
      recommended: true,
      url: docsUrl('no-manual-worker-token-request'),
    },
    schema: [
      {
        type: 'object',
        properties: {
          endpoints: {
            type: 'array',
            items: { type: 'string' },
            description: 'Further addresses that issue worker tokens: the end of the path.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ endpoints: [] }],
    messages: {
      request:
        'Worker token requested by hand from "{{url}}". Use `await workerTokenManager.getWorkerToken()`, which keeps, renews and shares it; save the credentials once with `saveCredentials(…)`.',
      useManager: 'Use `await workerTokenManager.getWorkerToken()`.',
    },
  },

  create(context) {
    const { endpoints } = context.options[0] as Options;
    const added = [...endpoints, ...(settingsOf(context).endpoints ?? [])];
    if (!mayRequestToken(context, added) || fileRole(context) !== 'page') return {};
    const signals = signalsOf(context);
    signals.endpoints.push(...endpoints);
    const module = moduleOf(context);
    const source = settingsOf(context).managerImport ?? '@worker-token/manager';
    const hasComments = (node: Node) => context.sourceCode.getCommentsInside(node).length > 0;
    let sign: boolean | undefined;
    const hasSign = () => (sign ??= hasEvidence(context, signals));

    return {
      CallExpression(node) {
        const request = requestOf(node, module) ?? wrappedRequest(node, module);
        const url = request && tokenRequest(request, module, signals, hasSign);
        if (!request || !url) return;
        const fixes = requestSuggestions(node, module, source, hasComments);
        context.report({
          node,
          messageId: 'request',
          data: { url },
          suggest: fixes.map((fix) => ({ messageId: 'useManager', fix })),
        });
      },
    };
  },
};
