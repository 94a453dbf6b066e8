/** The synchronous view of a slot: frozen, and the same object until something changed. Pure. */
import type { FlowSnapshot, LoadResult } from './types/record.js';

export const UNLOADED: FlowSnapshot<never> = Object.freeze({
  status: 'unloaded',
  data: null,
  revision: null,
  savedAt: null,
  source: 'none',
});

/** `previous` itself, if it already says the same. */
export function nextSnapshot<T>(previous: FlowSnapshot<T>, result: LoadResult<T>): FlowSnapshot<T> {
  const { data, revision, savedAt, source, problem } = result;
  const status = problem ? 'problem' : data === null ? 'empty' : 'ready';
  const same =
    previous.status === status &&
    previous.revision === revision &&
    previous.savedAt === savedAt &&
    previous.problem?.message === problem?.message &&
    JSON.stringify(previous.data) === JSON.stringify(data);
  if (same) return previous;
  return deepFreeze({
    status,
    data: structuredClone(data),
    revision,
    savedAt,
    source,
    ...(problem ? { problem } : {}),
  });
}

function deepFreeze<V>(value: V): V {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
