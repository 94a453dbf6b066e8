/** The writing alone, as a program that can be killed: `write ROOT CHANGES.json` or `undo ROOT`. */
import fs from 'node:fs';
import type { FileChange } from '../src/types.js';
import { undo } from '../src/write/undo.js';
import { writeChanges } from '../src/write/write.js';

const [mode, root = '', changes = ''] = process.argv.slice(2);
if (mode === 'write') writeChanges(JSON.parse(fs.readFileSync(changes, 'utf8')) as FileChange[], root);
else undo(root);
