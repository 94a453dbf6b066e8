/**
 * Checks a fault that comes from a program or over HTTP, and fills its defaults in. Pure.
 */
import { SimulatorOptionError } from './errors.js';
import type { FaultSpec } from './types.js';

const KINDS = ['status', 'rateLimit', 'latency', 'html502', 'dropConnection', 'truncateJson'];

/** @throws SimulatorOptionError naming the field that is wrong */
export function checkFault(value: unknown): FaultSpec {
  if (typeof value !== 'object' || value === null) throw wrong('a fault', 'an object such as { kind: "html502" }');
  const fault = value as Record<string, unknown>;
  if (!KINDS.includes(String(fault['kind']))) throw wrong('kind', `one of ${KINDS.join(', ')}`);
  const defaultTimes = fault['kind'] === 'latency' ? 'always' : 1;
  const checked = { target: 'all', ...fault, times: fault['times'] ?? defaultTimes };
  if (!['token', 'api', 'all'].includes(checked.target)) throw wrong('target', 'token, api or all');
  if (checked.times !== 'always') checkWhole('times', checked.times, 1, Number.MAX_SAFE_INTEGER);
  if (fault['kind'] === 'status') checkWhole('status', fault['status'], 400, 599);
  if (fault['kind'] === 'latency') checkWhole('ms', fault['ms'], 0, 3_600_000);
  if (fault['kind'] === 'rateLimit') checkWhole('retryAfterSeconds', fault['retryAfterSeconds'], 0, 86_400);
  return checked as unknown as FaultSpec;
}

function checkWhole(name: string, value: unknown, from: number, to: number): void {
  const whole = typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
  if (!whole) throw wrong(name, `a whole number from ${from} to ${to}`);
}

function wrong(name: string, expected: string): SimulatorOptionError {
  return new SimulatorOptionError(`Fault: expected ${name} to be ${expected}.`);
}
