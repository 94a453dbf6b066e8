import { describe, expect, it } from 'vitest';
import { withMarks, type Mark } from './marks.js';

const FILE = '/app/a.tsx';
const at = (line: number, column: number, text = 'do it', of: Mark['of'] = 'before'): Mark => ({
  ...{ file: FILE, line, column, of, text },
});
const mark = (text: string, ...marks: Mark[]) => withMarks([], marks, () => text)[0]?.after ?? text;

describe('a comment for a place', () => {
  it('stands above its statement, as far in', () => {
    expect(mark('function f() {\n\tg();\n\th(\n\t\tx);\n}\n', at(4, 3))).toBe(
      'function f() {\n\tg();\n\t// TODO(worker-token): do it\n\th(\n\t\tx);\n}\n',
    );
  });

  it('stands above the statement outside where a place is among elements, so that it is not shown', () => {
    const text = 'const view = () => {\n  return (\n    <p>\n      {read()}\n    </p>\n  );\n};\n';

    expect(mark(text, at(4, 8))).toBe(text.replace('  return', '  // TODO(worker-token): do it\n  return'));
  });

  it('stands above the outer statement where the inner one does not begin its line', () => {
    expect(mark('if (a) { b(); }\n', at(1, 10))).toBe('// TODO(worker-token): do it\nif (a) { b(); }\n');
  });

  it('keeps line ends, is one line, and is not said twice', () => {
    expect(mark('a();\r\nb();\r\n', at(2, 1, 'one\n  two'), at(2, 2, 'one two'), at(2, 1, 'three'))).toBe(
      'a();\r\n// TODO(worker-token): one two\r\n// TODO(worker-token): three\r\nb();\r\n',
    );
  });

  it('finds its line again where others were taken away and added above', () => {
    const change = {
      path: FILE,
      before: 'a();\nb();\nc();\nd();\n',
      after: 'x();\ny();\nz();\nc();\nd();\n',
      components: [],
    };

    expect(withMarks([change], [at(3, 1)], () => '')[0]?.after).toBe(
      'x();\ny();\nz();\n// TODO(worker-token): do it\nc();\nd();\n',
    );
  });

  it('may be about the new text', () => {
    const change = { path: FILE, before: 'a();\n', after: 'x();\na();\n', components: [] };

    expect(withMarks([change], [at(1, 0, 'wait', 'after')], () => '')[0]?.after).toBe(
      '// TODO(worker-token): wait\nx();\na();\n',
    );
  });
});

describe('a second run', () => {
  it('knows the comments of the first, among others', () => {
    const once = mark('// why\na();\n', at(2, 1));

    expect(once).toBe('// why\n// TODO(worker-token): do it\na();\n');
    expect(withMarks([], [at(3, 1, 'other words')], () => once)).toEqual([]);
  });
});

describe('files without a comment', () => {
  it.each([
    ['/app/a.vue', '<script>\na();\n</script>'],
    ['/app/broken.ts', 'const = 1;\n'],
  ])('%s', (file, text) => {
    expect(withMarks([], [{ ...at(1, 1), file }], () => text)).toEqual([]);
  });
});
