import { describe, expect, it } from 'vitest';
import { removeDeadCode } from './dead-code.js';

const clean = (before: string, after: string) => removeDeadCode('a.ts', before, after);

describe('removeDeadCode', () => {
  it('removes what the edit made unused, step by step', () => {
    const head = `import { a, b } from './x';\nimport c from './y';\n\nconst KEY = 'k';\ntype T = { a: string };\n\n`;
    expect(
      clean(`${head}export const f = () => a(KEY as T | string, b, c);\n`, `${head}export const f = () => a();\n`),
    ).toBe(`import { a } from './x';\n\n\nexport const f = () => a();\n`);
  });

  it('keeps the byte order mark where the first line goes', () => {
    const head = `\uFEFFimport { a } from './x';\nconst b = 1;\n`;
    expect(clean(`${head}f(a, b);\n`, `${head}f(b);\n`)).toBe(`\uFEFFconst b = 1;\nf(b);\n`);
  });

  it('keeps what was unused before', () => {
    const text = `import { a } from './x';\nconst unused = 1;\n`;
    expect(clean(text, text)).toBe(text);
  });

  it('keeps exported names', () => {
    const head = `export const KEY = 'k';\n`;
    expect(clean(`${head}f(KEY);\n`, `${head}f();\n`)).toBe(`${head}f();\n`);
  });

  it('keeps a call that may do something, without its name', () => {
    expect(clean(`const a = start();\nf(a);\n`, `const a = start();\nf();\n`)).toBe(`start();\nf();\n`);
  });

  it('removes values that are only written into, with the writes', () => {
    const head = `function g(s: string) {\n  const body = new URLSearchParams();\n  body.append('scope', s);\n  if (s) {\n    body.set('a', s);\n  }\n`;
    expect(clean(`${head}  send(body);\n}\n`, `${head}  send();\n}\n`)).toBe(`function g(s: string) {\n  send();\n}\n`);
  });

  it('removes private members and empty branches, and keeps those with a comment', () => {
    const before = `class A {\n  private readonly K = 'k';\n  m() {\n    if (x) {\n      f(this.K);\n    }\n    if (y) {\n      // later\n    }\n  }\n}\n`;
    const after = before.replace('      f(this.K);\n', '');
    expect(clean(before, after)).toBe(`class A {\n  m() {\n    if (y) {\n      // later\n    }\n  }\n}\n`);
  });

  it('does not take a shorthand or a type for a value that is gone', () => {
    const text = `const a = 1;\nexport const b = { a };\nexport type C = typeof a;\n`;
    expect(clean(`${text}f(a);\n`, text)).toBe(text);
  });
});
