// Flags tokens and secrets that are put into an address: it ends up in histories, server logs and `Referer` headers.
import { calleeName } from '../ast/callee-name.js';
import type { Rule } from 'eslint';
import type { Node } from 'estree';
import { moduleOf } from '../ast/module.js';
import { urlParts, urlPartsOfAssignment, urlPartsOfCall, type UrlPart } from '../ast/url-parts.js';
import { mayCarrySecret } from '../gate.js';
import { docsUrl } from '../package-identity.js';
import { fileRole } from '../policy/file-role.js';
import { isHarmless } from '../policy/harmless-value.js';
import { namesAnotherTrade, sensitiveName } from '../policy/sensitive-name.js';
import { sensitiveValue } from '../policy/sensitive-value.js';

interface Options {
  ignoreParameters: string[];
}

/** Tokens that are made for links. */
const forLinks = /reset|verif|invit|confirm|unsubscribe|share|mapbox|captcha|activat|magic|preview|embed|signed/i;

export const noCredentialInUrl: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow tokens and client secrets in URLs',
      recommended: true,
      url: docsUrl('no-credential-in-url'),
    },
    schema: [
      {
        type: 'object',
        properties: {
          ignoreParameters: {
            type: 'array',
            items: { type: 'string' },
            description: 'Names of query parameters that may carry a token.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ ignoreParameters: ['id_token_hint'] }],
    messages: {
      url: 'A {{kind}} in a URL ends up in histories, logs and referrers. Send it as a header: `await workerTokenManager.fetch(url)` adds it, `getWorkerToken()` gives it.',
    },
  },

  create(context) {
    if (!mayCarrySecret(context) || fileRole(context) !== 'page') return {};
    const { ignoreParameters } = context.options[0] as Options;
    const module = moduleOf(context);

    function kindOf({ value, parameter, before }: UrlPart): string | null {
      if (parameter !== null && ignoreParameters.includes(parameter)) return null;
      const name = calleeName(value, module) ?? '';
      if (isHarmless(value, module) || (/token/i.test(name) && namesAnotherTrade(name))) return null;
      const named = parameter === null ? null : sensitiveName(parameter);
      const held = sensitiveValue(value, module);
      const verdict = [named, held].find((one) => one?.sure) ?? (parameter === null ? null : (named ?? held));
      if (!verdict) return null;
      const isForLink = forLinks.test(before) || forLinks.test(context.sourceCode.getText(value));
      const isOthers = parameter !== null && named === null && !held?.sure;
      return (isForLink && !verdict.sure) || isOthers ? null : verdict.kind === 'token' ? 'token' : 'client secret';
    }

    function check(node: Node, parts: UrlPart[]): void {
      for (const part of parts) {
        const kind = kindOf(part);
        if (kind) return context.report({ node: part.value, messageId: 'url', data: { kind } });
      }
    }

    return {
      TemplateLiteral: (node) => check(node, urlParts(node)),
      BinaryExpression: (node) => check(node, node.operator === '+' ? urlParts(node) : []),
      CallExpression: (node) => check(node, urlPartsOfCall(node, module)),
      AssignmentExpression: (node) => check(node, urlPartsOfAssignment(node, module)),
    };
  },
};
