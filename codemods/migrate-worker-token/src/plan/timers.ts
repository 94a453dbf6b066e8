import type { PlanContext } from './context.js';
import type { Module } from './module.js';
export function planTimers(_context: PlanContext, _module: Module, _own: unknown): void {}
