import { describe, expect, it } from 'vitest';
import { parseText } from './parse.js';
import { analyseScopes } from './scopes.js';

const bindings = (text: string) => {
  const scopes = analyseScopes(parseText('a.tsx', text).program);
  return Object.fromEntries(scopes.all.map((b) => [b.name, `${b.kind} ${b.references.length}`]));
};

describe('analyseScopes', () => {
  it('counts mentions in values, types and JSX, and no properties or keys', () => {
    expect(
      bindings(
        `import { A, type B } from 'x'; const c = 1; const d = { c, e: o.c, [c]: 2 }; const f: B = <A b={d.c} />;`,
      ),
    ).toEqual({ A: 'import 1', B: 'import 1', c: 'const 2', d: 'const 1', f: 'const 0' });
  });
  it('keeps inner names apart from outer ones', () => {
    expect(bindings(`function f(a: number) { return () => { const b = a; return b } } const c = f(a);`)).toEqual({
      f: 'function 1',
      a: 'param 1',
      b: 'const 1',
      c: 'const 0',
    });
  });
  it('follows patterns with defaults and rests', () => {
    expect(bindings(`const { a, b: [c = a], ...d } = x; use(c, d);`)).toEqual({
      a: 'const 1',
      c: 'const 1',
      d: 'const 1',
    });
  });
  it('counts a local that is exported', () => {
    expect(bindings(`const a = 1; export { a as b }; export default a;`)).toEqual({ a: 'const 2' });
  });
  it('does not take the names of a function type for mentions', () => {
    expect(bindings(`const x = 1; type F = (x: number) => void;`)).toEqual({ x: 'const 0', F: 'type 0' });
  });
});
