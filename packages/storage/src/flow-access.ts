/** How applications reach records: flows by key or definition, and the two shared ones. Which records there are, is given from outside. */
import { NothingToCopyError } from './errors.js';
import { flowKey } from './flow-key.js';
import type { StorageRecord } from './record.js';
import { shapeOfFlow, type RecordShape } from './record-shape.js';
import { credentialsShape, tokenShape } from './shared-shapes.js';
import type { FlowDefinition, FlowKey } from './types/flow.js';
import type { FlowSnapshot, RecordSlot } from './types/record.js';
import type { CredentialStorage } from './types/storage.js';

export type FlowAccess = Pick<
  CredentialStorage,
  | 'shared'
  | 'loadFlowCredentials'
  | 'saveFlowCredentials'
  | 'clearFlowCredentials'
  | 'copyFlowCredentials'
  | 'subscribe'
  | 'getSnapshot'
>;

export const SHARED_SLOTS = [credentialsShape.slot, tokenShape.slot] as const;

export function flowAccess(recordAt: (slot: string) => StorageRecord): FlowAccess {
  const recordOf = (flow: FlowKey | FlowDefinition<unknown>) => recordAt(slotOf(flow));

  function shared<T>(shape: RecordShape<T>): RecordSlot<T> {
    const record = () => recordAt(shape.slot);
    return {
      load: (o = {}) => record().load(shape, o.fresh ?? false),
      save: (data, o = {}) => record().save(shape, data, o),
      clear: (o = {}) => record().clear(o),
      subscribe: (listener) => record().subscribe(listener),
    };
  }

  const access: FlowAccess = {
    shared: { credentials: shared(credentialsShape), token: shared(tokenShape) },
    loadFlowCredentials: async (flow) => recordOf(flow).load(shapeOfFlow(flow), false),
    saveFlowCredentials: async (flow, data, o = {}) => recordOf(flow).save(shapeOfFlow(flow), data, o),
    clearFlowCredentials: async (flow, o = {}) => recordOf(flow).clear(o),
    async copyFlowCredentials(from, to, map) {
      const { data } = await access.loadFlowCredentials(from);
      if (data === null) throw new NothingToCopyError(slotOf(from));
      return access.saveFlowCredentials(to, map ? map(data) : (data as never));
    },
    subscribe: (flow, listener) => recordOf(flow).subscribe(listener, shapeOfFlow(flow)),
    getSnapshot: <T>(flow: FlowKey | FlowDefinition<T>) => recordOf(flow).snapshot() as FlowSnapshot<T>,
  };
  return access;
}

/** Checked again at run time: JavaScript callers have no brand. */
function slotOf(flow: FlowKey | FlowDefinition<unknown>): string {
  return flowKey(typeof flow === 'string' ? flow : flow.key);
}
