/** The five seeded populations. */
import { DEMO } from '../demo.js';
import type { SimulatedPopulation } from '../world-types.js';
import { isoBefore } from './days.js';
import type { Random } from './random.js';

const NAMES: readonly (readonly [name: string, description: string])[] = [
  ['Employees', 'Everybody with a contract'],
  ['Customers', 'People who buy from us'],
  ['Partners', 'People of partner companies'],
  ['Contractors', 'External people for a limited time'],
  ['Service accounts', 'Accounts of machines'],
];

export function seedPopulations(random: Random, nowMs: number): SimulatedPopulation[] {
  return NAMES.map(([name, description], index) => ({
    id: random.uuid(),
    name,
    description,
    default: index === 0,
    environment: { id: DEMO.environmentId },
    createdAt: isoBefore(nowMs, 400),
    updatedAt: isoBefore(nowMs, 100 - index),
  }));
}
