/** Constants, enum members and properties with a key that nothing uses any more. */
import { keyKind } from '@worker-token/legacy-signals';
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import { isPure } from '../rewrite/purity.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import { reasonToLeave } from './file-role.js';
import { definitionOf, isAskedList, isHandedOn, isOnlyLocal } from './key-definitions.js';
import { isDealtWith, kindOf, report, skip, type LeftoverInput, type ValueUse } from './leftovers.js';
import type { Module } from './module.js';

/** @param usedKeys What places go on using. */
export function planDeadKeys(context: PlanContext, input: LeftoverInput, usedKeys: ReadonlySet<string>): void {
  for (const module of context.project.modules) {
    const literals = findAll(module.program, ({ type }) => type === 'StringLiteral' || type === 'TemplateLiteral');
    for (const literal of literals) planDefinition(context, module, literal, input, usedKeys);
  }
}

function planDefinition(
  context: PlanContext,
  module: Module,
  literal: Node,
  input: LeftoverInput,
  usedKeys: ReadonlySet<string>,
): void {
  const definition = definitionOf(literal);
  const text = definition && context.constants.text(module, literal);
  if (!definition || !text || isDealtWith(context, module, literal, input)) return;
  const what = kindOf(context, text);
  if (what === 'key' && isAskedList(context, module, literal, definition))
    return report(context, input, { module, node: literal, text, what });
  const isUsed = usedKeys.has(text) && !isDeadDefault(context, module, definition);
  if (!what || isUsed || isOnlyLocal(module, definition)) return;
  const user = what === 'key' ? lastUserOf(context, module, definition) : null;
  if (user) Object.assign(addSite(context, module, literal, 'name'), { component: user, isCleanedUp: true });
  else leaveDefinition(context, input, { module, node: literal, text, what }, definition);
}

function leaveDefinition(context: PlanContext, input: LeftoverInput, use: ValueUse, definition: Node): void {
  const { module, node, text, what } = use;
  const holds = keyKind(text, context.signals);
  const isSure = (what === 'key' && holds === 'credentials') || input.hasEvidence(module);
  const isTest = reasonToLeave(context.project, module) === 'test-file';
  if (!isSure) skip(context, module, node, text, 'no-evidence');
  else if (!isHandedOn(context, module, definition))
    skip(context, module, node, text, isTest ? 'test-file' : 'dead-key');
  else if (what === 'endpoint') leave(context, module, node, 'endpoint', 'endpoint-as-value', { holds: null });
  else leave(context, module, node, 'key', 'key-as-value', { keys: [text], holds });
}

/** The default of a parameter that was used in migrated places alone, whatever others do with the same key. */
function isDeadDefault({ sites }: PlanContext, module: Module, definition: Node): boolean {
  if (definition.type !== 'AssignmentPattern') return false;
  const uses = module.scopes.bindingOf(definition['left'])?.references ?? [];
  const migrated = sites.filter((site) => site.module === module && site.status === 'migrated');
  return uses.length > 0 && uses.every((use) => migrated.some(({ node }) => isInside(use, node)));
}

/** A component whose edits take uses of a file's own table of keys, where none is left: the clean-up takes the table, too. */
function lastUserOf({ edits, takenBack }: PlanContext, module: Module, definition: Node): string | null {
  const table = closest(definition, (at) => at.type === 'VariableDeclarator' || /Statement$|Function/.test(at.type));
  if (definition.type !== 'ObjectProperty' || table?.type !== 'VariableDeclarator') return null;
  const binding = table['id'].type === 'Identifier' ? module.scopes.bindingOf(table['id']) : undefined;
  if (!binding || !isOnlyLocal(module, table) || !isPure(table['init'])) return null;
  const name = new RegExp(`(?<![\\w$])${binding.name.replaceAll('$', '\\$')}(?![\\w$])`);
  if (binding.references.some((use) => name.test(edits.outcome(module, use.start, use.end)))) return null;
  const users = binding.references.map((use) => componentOf(module, use));
  return users.find((user) => takenBack.has(user)) ?? users[0] ?? null;
}
