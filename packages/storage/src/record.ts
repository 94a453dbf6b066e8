/** One slot for its users: typed loads and saves, the snapshot, and the listeners. The tiers are the slot store's. */
import { physicalKey } from './flow-key.js';
import { nextSnapshot, UNLOADED } from './flow-snapshot.js';
import { createListeners } from './listeners.js';
import { readValue, writeValue, type RecordShape } from './record-shape.js';
import type { RawRecord } from './slot-reader.js';
import type { SlotStore } from './slot-store.js';
import type { ChangeEvent, ClearOptions, FlowSnapshot, LoadResult, SaveOptions, SaveResult } from './types/record.js';

export interface RecordOptions {
  slot: string;
  store: SlotStore;
  /** A flow keeps a snapshot and says when a load filled it. */
  hasSnapshot: boolean;
  /** Tells other tabs. */
  announce: (type: 'saved' | 'cleared', revision: number) => void;
  onListenerError: () => void;
}

export interface StorageRecord {
  load<T>(shape: RecordShape<T>, fresh: boolean): Promise<LoadResult<T>>;
  save<T>(shape: RecordShape<T>, data: T, options: SaveOptions): Promise<SaveResult>;
  clear(options?: ClearOptions): Promise<void>;
  /** The record as it is stored, for exports. */
  raw(): Promise<RawRecord>;
  /** As it was last asked for. */
  shape(): RecordShape<unknown> | undefined;
  /** Another tab says that something changed: reads again and believes only that. */
  refresh(): Promise<void>;
  keyLost(revision: number): void;
  /** With a shape, the snapshot follows other tabs although nothing was loaded here yet. */
  subscribe(listener: (event: ChangeEvent) => void, shape?: RecordShape<unknown>): () => void;
  snapshot(): FlowSnapshot<unknown>;
  isPending(): boolean;
  /** What was saved or read is not what the durable tiers say: `refresh` catches up. */
  isBehind(): boolean;
  dispose(): void;
}

export function createRecord({ slot, store, hasSnapshot, announce, onListenerError }: RecordOptions): StorageRecord {
  const key = physicalKey(slot);
  const listeners = createListeners<ChangeEvent>(onListenerError);
  let snapshot: FlowSnapshot<unknown> = UNLOADED;
  /** How the snapshot is read again: as it was last asked for. */
  let lastShape: RecordShape<unknown> | undefined;
  /** The revision that listeners know of. */
  let announced: number | null | undefined;
  let refreshing: { again: boolean; done: Promise<void> } | null = null;

  function emit(type: ChangeEvent['type'], revision: number, origin: ChangeEvent['origin']): void {
    listeners.emit({ type, key, revision, origin });
  }

  /** True if the snapshot is another one now. */
  function show(result: LoadResult<unknown>): boolean {
    if (!hasSnapshot) return false;
    const before = snapshot;
    snapshot = nextSnapshot(before, result);
    return snapshot !== before;
  }

  async function load<T>(shape: RecordShape<T>, fresh: boolean): Promise<LoadResult<T>> {
    lastShape = shape;
    const raw = await store.read(fresh);
    const result = await readValue(shape, raw);
    announced ??= result.revision;
    if (show(result)) emit('loaded', result.revision ?? 0, 'this-tab');
    return result;
  }

  /** After a change that was made here. */
  function changed(type: 'saved' | 'cleared', revision: number, result: LoadResult<unknown>): void {
    announced = revision;
    show(result);
    announce(type, revision);
    emit(type, revision, 'this-tab');
  }

  async function readAgain(): Promise<void> {
    const raw = await store.read(true);
    if (raw.problem?.kind === 'unavailable') return;
    const isNews = raw.revision !== null && raw.revision !== announced;
    if (!isNews && snapshot.problem?.kind !== 'unavailable') return;
    announced = raw.revision;
    const isShown = lastShape ? await readValue(lastShape, raw).then(show, () => false) : false;
    if (isNews) emit(raw.json === null && !raw.problem ? 'cleared' : 'saved', raw.revision ?? 0, 'other-tab');
    else if (isShown) emit('loaded', raw.revision ?? 0, 'this-tab');
  }

  return {
    load,

    async save(shape, data, { ttlMs, ifRevision }) {
      lastShape = shape;
      let json = '';
      const result = await store.write(async () => {
        json = await writeValue(shape, data);
        return { json, schemaVersion: shape.version, ttlMs, ifRevision };
      });
      const { revision, savedAt } = result;
      changed('saved', revision, { data: JSON.parse(json), source: 'memory', revision, savedAt });
      return result;
    },

    async clear({ ifRevision } = {}) {
      const revision = await store.remove(ifRevision);
      changed('cleared', revision, { data: null, source: 'none', revision, savedAt: null });
    },

    raw: () => store.read(true),
    shape: () => lastShape,

    /** Many messages in a row cost two reads, not many. */
    refresh() {
      if (refreshing) {
        refreshing.again = true;
        return refreshing.done;
      }
      const mine = { again: true, done: Promise.resolve() };
      mine.done = (async () => {
        while (mine.again) {
          mine.again = false;
          await readAgain();
        }
      })().finally(() => (refreshing = null));
      refreshing = mine;
      return mine.done;
    },

    keyLost: (revision) => emit('key-lost', revision, 'this-tab'),
    subscribe(listener, shape) {
      lastShape ??= shape;
      return listeners.add(listener);
    },
    snapshot: () => snapshot,
    isPending: () => store.isPending(),
    isBehind: () => store.isBehind(),
    dispose: () => listeners.clear(),
  };
}
