import type { PlanContext } from './context.js';
import type { Module } from './module.js';
export function planListeners(_context: PlanContext, _module: Module, _findings: unknown): void {}
