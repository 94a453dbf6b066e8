/** What the compiler knows of the public types; checked by it, and run so that nobody forgets the file. */
import { describe, expectTypeOf, it } from 'vitest';
import type { createCredentialStorage } from '../src/credential-storage.js';
import { defineFlow } from '../src/flow-definition.js';
import { flowKey } from '../src/flow-key.js';
import type { WorkerTokenCredentials } from '../src/types/credentials.js';
import type { FlowDefinition, FlowKey } from '../src/types/flow.js';
import type { FlowSnapshot, LoadResult, RecordProblem, SaveResult } from '../src/types/record.js';
import type { CompareAndSetResult } from '../src/types/tier.js';

type Storage = ReturnType<typeof createCredentialStorage>;
interface Implicit {
  clientId: string;
}
const implicit = defineFlow<Implicit>({ key: 'oauth-implicit-v7' });
/** Never called: what it returns is looked at by the compiler alone. */
const load = (storage: Storage) => storage.loadFlowCredentials(implicit);
const loadBare = (storage: Storage) => storage.loadFlowCredentials(flowKey('a'));
const snapshot = (storage: Storage) => storage.getSnapshot(implicit);
const save = (storage: Storage) => storage.saveFlowCredentials(implicit, { clientId: 'a' }, { ifRevision: null });

describe('the types', () => {
  it('carry the value of a definition through loads, saves and snapshots, and know nothing of a bare key', () => {
    expectTypeOf(implicit).toEqualTypeOf<FlowDefinition<Implicit>>();
    expectTypeOf(load).returns.resolves.toEqualTypeOf<LoadResult<Implicit>>();
    expectTypeOf(loadBare).returns.resolves.toEqualTypeOf<LoadResult<unknown>>();
    expectTypeOf(snapshot).returns.toEqualTypeOf<FlowSnapshot<Implicit>>();
    expectTypeOf(save).returns.resolves.toEqualTypeOf<SaveResult>();
  });

  it('take no text for a flow key, and no other value than the definition has', () => {
    expectTypeOf<string>().not.toExtend<FlowKey>();
    // @ts-expect-error a bare text is no flow key
    const loadText = (storage: Storage) => storage.loadFlowCredentials('oauth-implicit-v7');
    // @ts-expect-error the definition has a clientId
    const saveOther = (storage: Storage) => storage.saveFlowCredentials(implicit, { other: 1 });
    expectTypeOf(loadText).toBeFunction();
    expectTypeOf(saveOther).toBeFunction();
  });

  it('map a copy from one value to the other', () => {
    const target = defineFlow<{ id: string }>({ key: 'target' });
    const copy = (storage: Storage) =>
      storage.copyFlowCredentials(implicit, target, ({ clientId }) => ({ id: clientId }));
    expectTypeOf(copy).returns.resolves.toEqualTypeOf<SaveResult>();
  });

  it('remove shared records on condition, and name them', () => {
    expectTypeOf<Storage['shared']['credentials']['clear']>()
      .parameter(0)
      .toEqualTypeOf<{ ifRevision?: number | null } | undefined>();
    expectTypeOf<Storage['shared']['credentials']['save']>().parameter(0).toEqualTypeOf<WorkerTokenCredentials>();
  });

  it('tell a conflict of a tier from a write', () => {
    expectTypeOf<Extract<CompareAndSetResult, { ok: false }>>().toEqualTypeOf<{ ok: false; revision: number | null }>();
    expectTypeOf<RecordProblem['kind']>().toEqualTypeOf<
      'corrupt' | 'undecryptable' | 'wrong-slot' | 'newer-format' | 'permissions' | 'unavailable'
    >();
  });
});
