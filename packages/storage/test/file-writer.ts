/** A process that saves flows as files and says so after each: `node file-writer.mjs <directory> <name> <from> <to>`. */
import process from 'node:process';
import { createCredentialStorage } from '../src/credential-storage.js';
import { flowKey } from '../src/flow-key.js';
import { fileTier } from '../src/node/file-tier.js';
import { memoryTier } from '../src/tiers/memory-tier.js';

const FLOWS = 5;
const [directory = '', name = '', from = '0', to = '0'] = process.argv.slice(2);
const tier = fileTier({ directory, lockTimeoutMs: 30_000 });
const storage = createCredentialStorage({
  tiers: [memoryTier(), tier],
  encryption: tier.keySource ? 'required' : 'off',
});

for (let n = Number(from); n < Number(to); n++) {
  const flow = flowKey(`flow-${n % FLOWS}`);
  // Long enough to need more than one block on the disk, and checkable to its last character.
  await storage.saveFlowCredentials(flow, {
    owner: flow,
    name,
    n,
    filler: String(n % 10).repeat(5_000 + 37 * (n % 100)),
  });
  process.stdout.write(`${n}\n`);
}
