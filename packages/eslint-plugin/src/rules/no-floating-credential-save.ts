// Flags saves and clears that a reload or a navigation may cut off, because nobody waits for them.
import type { Rule } from 'eslint';
import type { CallExpression, Node } from 'estree';
import { importOf } from '../ast/binding.js';
import { isFunction } from '../ast/functions.js';
import { moduleOf, parentOf, type Module } from '../ast/module.js';
import { isNavigation } from '../ast/navigation.js';
import { isInAsync } from '../ast/replacement.js';
import { propertyName } from '../ast/resolve.js';
import { unwrap } from '../ast/unwrap.js';
import { maySave } from '../gate.js';
import { docsUrl } from '../package-identity.js';
import { fileRole } from '../policy/file-role.js';

const saves = new Set(['saveCredentials', 'clearAll', 'invalidateToken']);

export const noFloatingCredentialSave: Rule.RuleModule = {
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: {
      description: 'require waiting for credentials to be saved or cleared before the page is left',
      recommended: true,
      url: docsUrl('no-floating-credential-save'),
    },
    schema: [],
    messages: {
      floating:
        '`{{name}}(…)` may not finish before the page is left. Use `await workerTokenManager.{{name}}(…)` first.',
      addAwait: 'Wait for `{{name}}(…)`.',
    },
  },

  create(context) {
    if (!maySave(context) || fileRole(context) !== 'page') return {};
    const module = moduleOf(context);

    return {
      CallExpression(node) {
        const name = savedBy(node, module);
        const statement = name && floatingStatement(node);
        if (!name || !statement || !leavesAfter(statement, module)) return;
        const start = statement.type === 'ExpressionStatement' ? (statement.expression as Node) : statement;
        const suggest = isInAsync(node)
          ? [{ messageId: 'addAwait', data: { name }, fix: (fixer: Rule.RuleFixer) => awaited(start, fixer) }]
          : [];
        context.report({ node, messageId: 'floating', data: { name }, suggest });
      },
    };
  },
};

/** The name of the manager's method, called on the manager or taken from it. */
function savedBy(call: CallExpression, module: Module): string | null {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') {
    if (!saves.has(callee.name)) return null;
    return callee.name === 'clearAll' && importOf(callee, module) === null && !/workerToken/i.test(module.text)
      ? null
      : callee.name;
  }
  if (callee.type !== 'MemberExpression') return null;
  const name = propertyName(callee, module) ?? '';
  if (!saves.has(name)) return null;
  const owner = module.text.slice(...(callee.object.range ?? [0, 0]));
  return name !== 'clearAll' || /worker|token|credential|manager|storage/i.test(owner) ? name : null;
}

/** The statement that the call ends in, when nobody looks at its promise. `.catch(…)` waits for nobody. */
function floatingStatement(call: Node): Node | null {
  let current: Node = call;
  for (let parent = parentOf(current); parent; parent = parentOf(current)) {
    if (parent.type === 'ExpressionStatement') return parent;
    const isVoid = parent.type === 'UnaryExpression' && parent.operator === 'void';
    const isChain = parent.type === 'ChainExpression';
    const isCatch =
      parent.type === 'MemberExpression' && parent.property.type === 'Identifier' && parent.property.name === 'catch';
    const isCall = parent.type === 'CallExpression' && current.type === 'MemberExpression';
    if (!isVoid && !isChain && !isCatch && !isCall) return null;
    current = parent;
  }
  return null;
}

/** Something after the statement, in the same function, leaves the page. */
function leavesAfter(statement: Node, module: Module): boolean {
  let current = statement;
  for (let parent = parentOf(current); parent && !isFunction(current); parent = parentOf(current)) {
    if (parent.type === 'BlockStatement' || parent.type === 'Program' || parent.type === 'SwitchCase') {
      const list = (parent.type === 'SwitchCase' ? parent.consequent : parent.body) as Node[];
      if (list.slice(list.indexOf(current) + 1).some((later) => isNavigation(later, module))) return true;
    }
    if (
      parent.type === 'TryStatement' &&
      parent.finalizer &&
      parent.finalizer !== current &&
      isNavigation(parent.finalizer, module)
    )
      return true;
    current = parent;
  }
  return false;
}

function awaited(expression: Node, fixer: Rule.RuleFixer): Rule.Fix {
  const [from = 0] = expression.range ?? [];
  const isVoid = expression.type === 'UnaryExpression' && expression.argument.range;
  return isVoid ? fixer.replaceTextRange([from, isVoid[0]], 'await ') : fixer.insertTextBefore(expression, 'await ');
}
