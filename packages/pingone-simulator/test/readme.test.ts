/** The README names every fault and every option of the command line, and a test uses every fault. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { USAGE } from '../src/cli-options.js';
import { createPingOneSimulator } from '../src/simulator.js';

const here = import.meta.dirname;
const readme = readFileSync(join(here, '../README.md'), 'utf8');
/** The list behind the knobs, which the server and the control routes use. */
const INTERNAL = ['active', 'add', 'clear', 'take', 'reset'];
const knobs = Object.keys(createPingOneSimulator().faults).filter((name) => !INTERNAL.includes(name));
const tests = readdirSync(here)
  .filter((name) => name.endsWith('.test.ts') && name !== 'readme.test.ts')
  .map((name) => readFileSync(join(here, name), 'utf8'))
  .join('\n');

it.each(knobs)('faults.%s is in the README, and a test turns it', (knob) => {
  expect(readme).toContain(`faults.${knob}`);
  expect(tests).toContain(`faults.${knob}`);
});

it.each(USAGE.match(/--[a-z-]+/g) ?? [])('%s is in the README', (option) => {
  expect(readme).toContain(`\`${option}`);
});
