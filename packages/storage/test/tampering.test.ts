/** Every byte of a stored record changed, and every length it may be cut off at: no load throws, and none gives a wrong value. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { flowKey } from '../src/flow-key.js';
import { fileTier } from '../src/node/file-tier.js';
import type { CredentialStorage } from '../src/types/storage.js';
import { EVERY_TIER, installBrowser, removeBrowser } from './every-tier.js';

const A = flowKey('flow-a');
const KEY_A = 'flow_credentials_flow-a';
const VALUE = { clientId: 'client', clientSecret: 'ä"\\ secret' };
const isFull = Boolean(process.env['TEST_FULL']);
/** Of each byte; else another one for each. */
const BITS = isFull ? [0, 1, 2, 3, 4, 5, 6, 7] : [undefined];

beforeEach(installBrowser);
afterEach(removeBrowser);

/** The disk and the network take their time: every byte in the full run alone. */
const stepIn = (tier: string) => (!isFull && ['file', 'http'].includes(tier) ? 11 : 1);

/** Each damaged version of a text, and what was done to it. */
function* damaged(text: string, step: number): Generator<[what: string, text: string]> {
  for (let at = 0; at < text.length; at += step) {
    yield [`cut off at ${at}`, text.slice(0, at)];
    for (const bit of BITS.map((given) => given ?? at % 8)) {
      const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
      yield [`bit ${bit} of ${at} flipped`, text.slice(0, at) + flipped + text.slice(at + 1)];
    }
  }
}

/** What a load gives for it: nothing, or what was saved. */
async function wrongLoad(storage: CredentialStorage, what: string): Promise<string[]> {
  try {
    const { data, problem } = await storage.loadFlowCredentials(A);
    if (data !== null) return JSON.stringify(data) === JSON.stringify(VALUE) ? [] : [`${what}: a wrong value`];
    return problem ? [] : [`${what}: nothing said`];
  } catch (error) {
    return [`${what}: ${String(error)}`];
  }
}

describe.each(Object.entries(EVERY_TIER))('in the tier %s', (name, makePlace) => {
  it.each([['preferred'], ['off']] as const)(
    'no damage to a record gets through, with encryption %s',
    { timeout: 600_000 },
    async (encryption) => {
      const place = await makePlace();
      const tier = place.open();
      const storage = createCredentialStorage({ tiers: [tier], encryption });
      await storage.saveFlowCredentials(A, VALUE);
      const { revision, text } = (await tier.get(KEY_A))!;
      const wrong: string[] = [];
      for (const [what, changed] of damaged(text!, stepIn(name))) {
        const now = (await tier.get(KEY_A))!.revision;
        expect(await tier.compareAndSet(KEY_A, now, { revision, text: changed })).toEqual({ ok: true });
        wrong.push(...(await wrongLoad(storage, what)));
      }
      expect(wrong).toEqual([]);
      expect((await storage.listFlows()).length).toBe(1);
      expect(await storage.damaged.discard('flow-a')).toBe(true);
      storage.dispose();
      await place.close();
    },
  );
});

describe('in a file', () => {
  it('no changed byte gets through, also where it leaves no text in UTF-8', { timeout: 600_000 }, async () => {
    const directory = fs.mkdtempSync(join(tmpdir(), 'tampering-'));
    const storage = createCredentialStorage({ tiers: [fileTier({ directory, key: () => new Uint8Array(32) })] });
    await storage.saveFlowCredentials(A, VALUE);
    const path = join(directory, 'flow-a.json');
    const bytes = fs.readFileSync(path);
    const wrong: string[] = [];
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of BITS.map((given) => given ?? at % 8)) {
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ (1 << bit);
        fs.writeFileSync(path, changed);
        wrong.push(...(await wrongLoad(storage, `bit ${bit} of byte ${at}`)));
      }
    }
    expect(wrong).toEqual([]);
    fs.rmSync(directory, { recursive: true });
  });
});
