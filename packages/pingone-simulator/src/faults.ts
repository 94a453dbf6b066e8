/**
 * The faults that are switched on, and which of them hit a request. What a fault does to an answer is in `fault-response.ts`.
 */
import { randomUUID } from 'node:crypto';
import { SimulatorOptionError } from './errors.js';
import { checkFault } from './fault-spec.js';
import type { SimulatorState } from './state.js';
import type { Faults, FaultSpec, FaultTarget } from './types.js';

/** What the simulator itself needs besides the public knobs. */
export interface FaultController extends Faults {
  /** The faults that hit this request; each loses one of its times. */
  take(target: FaultTarget): FaultSpec[];
  /** Back to the faults of the options. */
  reset(): void;
}

export function createFaults(state: SimulatorState, initial: readonly FaultSpec[]): FaultController {
  let active: FaultSpec[] = [];
  const add = (fault: FaultSpec): void => void active.push(checkFault(fault));
  const faults: FaultController = {
    get active() {
      return active.map((fault) => ({ ...fault }));
    },
    add,
    status: (status, scope) => add({ kind: 'status', status, ...scope }),
    rateLimit: (options) => add({ kind: 'rateLimit', ...options }),
    latency: (ms, scope) => add({ kind: 'latency', ms, ...scope }),
    html502: (scope) => add({ kind: 'html502', ...scope }),
    dropConnection: (scope) => add({ kind: 'dropConnection', ...scope }),
    truncateJson: (scope) => add({ kind: 'truncateJson', ...scope }),
    get clockSkewMs() {
      return state.clockSkewMs;
    },
    set clockSkewMs(ms) {
      state.clockSkewMs = ms;
    },
    expireAllTokens: () => state.liveTokens.clear(),
    permissionPropagation: (ms) => void (state.permissionsFrom = state.now() + ms),
    rotateSecret: (options) => rotateSecret(state, options),
    take(target) {
      const hits = chooseHits(active, target);
      for (const fault of hits) if (typeof fault.times === 'number') fault.times -= 1;
      active = active.filter(({ times }) => times === 'always' || (times ?? 0) > 0);
      return hits;
    },
    clear() {
      active = [];
      state.clockSkewMs = 0;
      state.permissionsFrom = 0;
    },
    reset() {
      active = [];
      initial.forEach(add);
    },
  };
  faults.reset();
  return faults;
}

/** Every latency, and the oldest of the faults that shape the answer. */
function chooseHits(active: readonly FaultSpec[], target: FaultTarget): FaultSpec[] {
  const matching = active.filter((fault) => fault.target === 'all' || fault.target === target);
  const shaping = matching.find(({ kind }) => kind !== 'latency');
  return matching.filter((fault) => fault.kind === 'latency' || fault === shaping);
}

function rotateSecret(state: SimulatorState, options: { clientId?: string; clientSecret?: string } = {}): string {
  const app = options.clientId === undefined ? state.world.apps[0] : state.app(options.clientId);
  if (!app) throw new SimulatorOptionError('rotateSecret: expected the clientId of an app of this simulator.');
  app.clientSecret = options.clientSecret ?? `rotated-secret-not-real-${randomUUID()}`;
  return app.clientSecret;
}
