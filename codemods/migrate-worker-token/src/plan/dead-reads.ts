/** Variables that held the saved credentials for a request that is gone: the call that filled them goes, too. */
import type { PlanContext } from './context.js';
import { componentOf } from './context.js';
import { isReaderCall } from './credential-origin.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';
import { lineSpan } from './text-edits.js';

export function removeDeadReads(context: PlanContext, module: Module, operations: StorageOperation[]): void {
  for (const binding of module.scopes.all) {
    const { declaration } = binding;
    const isPlain =
      declaration.type === 'VariableDeclarator' && declaration['id'].type === 'Identifier' && declaration['init'];
    if (!isPlain || !context.edits.isDead(module, binding) || context.edits.isGone(module, declaration)) continue;
    if (!isReaderCall(context, module, declaration['init'], operations)) continue;
    const statement = declaration.parent;
    if (statement?.['declarations'].length !== 1) continue;
    const span = lineSpan(module, statement);
    context.edits.remove(module, span.start, span.end, componentOf(module, declaration));
  }
}
