import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidFlowDefinitionError, InvalidFlowKeyError } from './errors.js';
import { defineFlow } from './flow-definition.js';
import { flowKey, physicalKey, slotOfPhysicalKey } from './flow-key.js';

describe('flowKey', () => {
  it.each(['a', 'oauth-implicit-v7', '0', 'a'.repeat(64), 'constructor'])('takes %s', (name) => {
    expect(flowKey(name)).toBe(name);
  });

  it.each(['', 'A', 'a_b', '-a', 'a b', 'a'.repeat(65), '__proto__', 'a\n', 'ä', 'a::b', 'flow/../x'])(
    'refuses %j',
    (name) => {
      expect(() => flowKey(name)).toThrow(InvalidFlowKeyError);
    },
  );

  it.each(['worker-token-credentials', 'worker-access-token'])('refuses the reserved key %s and says so', (name) => {
    expect(() => flowKey(name)).toThrow(/reserved/);
  });

  it.each([undefined, null, 5, {}, ['a']])('refuses %j from JavaScript callers', (name) => {
    expect(() => flowKey(name as never)).toThrow(InvalidFlowKeyError);
  });

  it('gives each flow a physical key of its own, and the way back', () => {
    expect(physicalKey('oauth-implicit-v7')).toBe('flow_credentials_oauth-implicit-v7');
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/);
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(slotOfPhysicalKey(physicalKey(a))).toBe(a);
        expect(physicalKey(a) === physicalKey(b)).toBe(a === b);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it.each(['other', 'flow_credentials_', 'flow_credentials_A', 'xflow_credentials_a', 5, null])(
    'knows %j is no key of ours',
    (key) => {
      expect(slotOfPhysicalKey(key)).toBeNull();
    },
  );
});

describe('defineFlow', () => {
  it('fills in the defaults and is frozen', () => {
    const flow = defineFlow({ key: 'a' });
    expect(flow).toEqual({ key: 'a', version: 1, secretFields: [], migrations: {} });
    expect(Object.isFrozen(flow)).toBe(true);
  });

  it('refuses a version without its migrations, and a version that is none', () => {
    expect(() => defineFlow({ key: 'a', version: 3, migrations: { 3: (old) => old } })).toThrow(
      InvalidFlowDefinitionError,
    );
    expect(() => defineFlow({ key: 'a', version: 0 })).toThrow(InvalidFlowDefinitionError);
  });
});
