/** Over the real library and its drivers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, prefixStorage } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';
import fsLiteDriver from 'unstorage/drivers/fs-lite';
import memoryDriver from 'unstorage/drivers/memory';
import { afterAll, describe, expect, it } from 'vitest';
import { conformanceCases } from '../src/conformance.js';
import { createCredentialStorage } from '../src/credential-storage.js';
import { flowKey } from '../src/flow-key.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { unstorageTier } from '../src/tiers/unstorage-tier.js';

const home = mkdtempSync(join(tmpdir(), 'unstorage-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;
const base = () => join(home, String(count++));
const A = flowKey('flow-a');

describe.each([
  ['memory', () => createStorage({ driver: memoryDriver() })],
  ['fs', () => createStorage({ driver: fsDriver({ base: base() }) })],
  ['fs-lite', () => createStorage({ driver: fsLiteDriver({ base: base() }) })],
  ['memory, below a prefix', () => prefixStorage(createStorage({ driver: memoryDriver() }), 'credentials')],
])('unstorage with the driver %s', (_, makeStorage) => {
  it.each(conformanceCases(() => unstorageTier(makeStorage())))('$title', ({ run }) => run());
});

describe('the unstorage tier', () => {
  it('keeps values sealed with the key given', async () => {
    const folder = base();
    const key = () => new Uint8Array(32);
    const open = () =>
      createCredentialStorage({
        tiers: [
          memoryTier(),
          unstorageTier(createStorage({ driver: fsLiteDriver({ base: folder }) }), { source: 'file', key }),
        ],
        encryption: 'required',
      });
    await open().saveFlowCredentials(A, { secret: 'canary' });
    expect(readFileSync(join(folder, 'flow_credentials_flow-a'), 'utf8')).not.toContain('canary');
    expect(await open().loadFlowCredentials(A)).toMatchObject({ data: { secret: 'canary' }, source: 'file' });
  });

  it('counts what somebody else put there as a damaged record, and can save over it', async () => {
    const foreign = createStorage({ driver: memoryDriver() });
    await foreign.setItem('flow_credentials_flow-a', 'something');
    const storage = createCredentialStorage({ tiers: [unstorageTier(foreign)] });
    expect((await storage.loadFlowCredentials(A)).problem?.kind).toBe('corrupt');
    await storage.saveFlowCredentials(A, 1);
    expect((await storage.loadFlowCredentials(A)).data).toBe(1);
  });
});
