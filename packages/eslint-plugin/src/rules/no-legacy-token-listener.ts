// Flags listeners that wait for the old keys and events; nothing fires them once the manager keeps the record.
import { calleeName } from '../ast/callee-name.js';
import { LEGACY_EVENTS } from '@worker-token/legacy-signals';
import type { Rule } from 'eslint';
import type { CallExpression, Node } from 'estree';
import { argumentAt } from '../ast/access.js';
import { calledFunction } from '../ast/functions.js';
import { keyComparisons } from '../ast/key-comparisons.js';
import { ancestorOf, moduleOf, parentOf } from '../ast/module.js';
import { possibleStrings } from '../ast/strings.js';
import { mayListen } from '../gate.js';
import { docsUrl } from '../package-identity.js';
import { fileRole } from '../policy/file-role.js';
import { keyJudge, signalsOf, type KeyVerdict } from '../policy/sensitive-keys.js';
import { settingsOf } from '../settings.js';
import { listenerSuggestions } from './listener-suggestions.js';

interface Options {
  checkDispatch: boolean;
  events: string[];
}

/** Of the table, or a slip of the pen for it: `worker-token`. */
const isOurs = (verdict: KeyVerdict | null, key: string) => verdict !== null && (verdict.known || /worker/i.test(key));

const listens = /^(addEventListener|useEventListener|useWindowEvent|useEvent|on|addListener|subscribe|listen|once)$/;

export const noLegacyTokenListener: Rule.RuleModule = {
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: {
      description: 'disallow listeners for the storage keys and events that the worker token manager replaces',
      recommended: true,
      url: docsUrl('no-legacy-token-listener'),
    },
    schema: [
      {
        type: 'object',
        properties: {
          checkDispatch: {
            type: 'boolean',
            description: 'Whether dispatching an event of the old protocol is flagged, too.',
          },
          events: {
            type: 'array',
            items: { type: 'string' },
            description: 'Further names of window events of the old protocol.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkDispatch: false, events: [] }],
    messages: {
      storage:
        'This listener waits for the storage key "{{key}}", which the worker token manager does not write. Use `workerTokenManager.subscribe(…)` or the `useWorkerToken()` hook.',
      event:
        'Nothing dispatches "{{event}}" once the worker token manager keeps the token. Use `workerTokenManager.subscribe(…)` or the `useWorkerToken()` hook.',
      useManager: 'Use `workerTokenManager.subscribe(…)`.',
      dispatch:
        '"{{event}}" tells others of a token that was kept by hand. Leave it out: `workerTokenManager` tells its subscribers by itself.',
    },
  },

  create(context) {
    const { checkDispatch, events } = context.options[0] as Options;
    if (!mayListen(context) || fileRole(context) !== 'page') return {};
    const module = moduleOf(context);
    const legacy = new Set([...LEGACY_EVENTS, ...events]);
    const keys = keyJudge(context);
    const source = settingsOf(context).managerImport ?? '@worker-token/manager';
    const hasComments = (node: Node) => context.sourceCode.getCommentsInside(node).length > 0;
    const { credentialKeys, tokenKeys, expiryKeys } = signalsOf(context);
    const known = [...credentialKeys, ...tokenKeys, ...expiryKeys];

    /** A key of the table, or the beginning of one. Whatever else a page waits for is its own. */
    function waitsFor(text: string, how: 'whole' | 'part'): boolean {
      const starts = how === 'part' && text.length > 6 && known.some((key) => key.includes(text));
      const key = starts ? known.find((one) => one.includes(text)) : text;
      if (key === undefined || text.includes('\0')) return false;
      return expiryKeys.includes(key) || isOurs(keys.judge(key), key);
    }

    function checkHandler(node: Node, handler: Node): void {
      const body = calledFunction(handler, module);
      if (body?.module !== module) return;
      const found = keyComparisons(body.node, module).find(({ text, how }) => waitsFor(text, how));
      if (!found) return;
      const suggest = node.type === 'CallExpression' ? suggestionsFor(node, handler) : [];
      context.report({ node, messageId: 'storage', data: { key: found.text }, suggest });
    }

    /** `fromEvent(window, 'storage').pipe(filter((event) => event.key === …))`: what the chain compares. */
    function checkStream(node: CallExpression, named: Node): void {
      const names = possibleStrings(named, module);
      const event = names.find((one) => legacy.has(one));
      if (event !== undefined) return context.report({ node, messageId: 'event', data: { event } });
      if (!names.includes('storage')) return;
      let chain: Node = node;
      for (
        let around = parentOf(chain);
        around && /^(Member|Call|Chain)Expression$/.test(around.type);
        around = parentOf(chain)
      )
        chain = around;
      const found = keyComparisons(chain, module).find(({ text, how }) => waitsFor(text, how));
      if (found) context.report({ node, messageId: 'storage', data: { key: found.text } });
    }

    /** Of a listener of the window or the document: a hook or an emitter of a project's own has its own ways. */
    function suggestionsFor(node: CallExpression, handler: Node | null) {
      if (calleeName(node.callee, module) !== 'addEventListener' || !handler) return [];
      const called = calledFunction(handler, module);
      const near = called?.module === module ? called.node : null;
      return listenerSuggestions(node, near, module, source, hasComments).map((fix) => ({
        messageId: 'useManager',
        fix,
      }));
    }

    return {
      CallExpression(node) {
        const name = calleeName(node.callee, module) ?? '';
        const [first, second, third] = [0, 1, 2].map((index) => argumentAt(node, index));
        if (!first) return;
        if (name === 'fromEvent' && second) {
          checkStream(node, second);
        } else if (listens.test(name)) {
          const names = possibleStrings(first, module);
          const event = names.find((one) => legacy.has(one));
          if (event !== undefined)
            context.report({
              node,
              messageId: 'event',
              data: { event },
              suggest: suggestionsFor(node, second ?? null),
            });
          else if (second && names.includes('storage')) checkHandler(node, second);
          else if (second && third && possibleStrings(second, module).includes('storage')) checkHandler(node, third);
        } else if (checkDispatch && name === 'dispatchEvent' && first.type === 'NewExpression' && first.arguments[0]) {
          const event = possibleStrings(first.arguments[0], module).find((one) => legacy.has(one));
          if (event !== undefined) context.report({ node, messageId: 'dispatch', data: { event } });
        }
      },
      /** `@HostListener('window:storage', ['$event'])` of Angular. */
      'MethodDefinition > Decorator > CallExpression[callee.name="HostListener"]'(node: CallExpression) {
        const [event, method] = [argumentAt(node, 0), ancestorOf(node, /^MethodDefinition$/)];
        const isStorage = event && possibleStrings(event, module).includes('window:storage');
        if (isStorage && method?.type === 'MethodDefinition') checkHandler(method, method.value);
      },
      'AssignmentExpression[left.property.name="onstorage"]'(node: Node & { right: Node }) {
        checkHandler(node, node.right);
      },
    };
  },
};
