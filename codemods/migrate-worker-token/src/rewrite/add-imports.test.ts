import { describe, expect, it } from 'vitest';
import { addImports } from './add-imports.js';

const sources = { manager: './worker-token', adapters: '@worker-token/manager', module: 'esm' as const };
const add = (text: string, original = text) => addImports('a.ts', original, text, sources);
const USE = 'workerTokenManager.peekToken()';

describe('addImports', () => {
  it('adds one line after the last import, in the style of the others', () => {
    expect(add(`import a from "a"\nimport b from "b" // b\n\n${USE}\n`)).toBe(
      `import a from "a"\nimport b from "b" // b\nimport { workerTokenManager } from "./worker-token"\n\n${USE}\n`,
    );
  });

  it('takes adapters from the package, packages first', () => {
    expect(add(`import a from 'a';\ntoLegacyCredentials(${USE});\n`)).toBe(
      `import a from 'a';\nimport { toLegacyCredentials } from '@worker-token/manager';\nimport { workerTokenManager } from './worker-token';\ntoLegacyCredentials(${USE});\n`,
    );
  });

  it('adds nothing that is there, and nothing that is not used', () => {
    const text = `import { workerTokenManager } from '@/tokens';\n${USE};\n`;
    expect(add(text)).toBe(text);
    expect(add(`const note = 'workerTokenManager';\n`)).toBe(`const note = 'workerTokenManager';\n`);
  });

  it('goes below a directive, a shebang and the file’s own comment, with its line ends', () => {
    expect(add(`'use client';\r\n\r\nf('');\r\n${USE};\r\n`)).toBe(
      `'use client';\r\nimport { workerTokenManager } from './worker-token';\r\n\r\n\r\nf('');\r\n${USE};\r\n`,
    );
    expect(add(`#!/usr/bin/env node\n/* Copyright me */\n${USE};\n`)).toMatch(
      /^#!.*\n\/\* Copyright me \*\/\nimport \{/,
    );
  });

  it('keeps a byte order mark in front', () => {
    expect(add(`\uFEFF${USE};\n`)).toBe(`\uFEFFimport { workerTokenManager } from './worker-token';\n\n${USE};\n`);
  });

  it('requires in CommonJS', () => {
    const text = `const a = require('a')\nmodule.exports = () => a(${USE})\n`;
    expect(addImports('a.js', text, text, { ...sources, module: 'cjs' })).toBe(
      `const a = require('a')\nconst { workerTokenManager } = require('./worker-token')\nmodule.exports = () => a(${USE})\n`,
    );
  });
});
