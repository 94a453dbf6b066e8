import type { PlanContext } from './context.js';
import type { Module } from './module.js';
export function planStartGate(_context: PlanContext): Module[] {
  return [];
}
