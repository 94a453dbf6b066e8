import { describe, expect, it } from 'vitest';
import { regionsOf } from './regions.js';

const edit = (start: number, end: number, component: string) => ({ file: '/a.ts', start, end, text: '', component });

function regions(before: string | null, after: string, edits: ReturnType<typeof edit>[]) {
  const change = { path: '/a.ts', before, after, components: ['first', 'second'] };
  return (regionsOf([change], edits).get('/a.ts') ?? []).map(({ start, end, components }) => [
    after.slice(start, end),
    components,
  ]);
}

describe('regionsOf', () => {
  it('gives each changed part of the new text its components, wherever it moved to', () => {
    const before = 'a\nb\nc\nd\n';

    expect(regions(before, 'new import\na\nB1\nB2\nc\nD\n', [edit(2, 3, 'first'), edit(6, 7, 'second')])).toEqual([
      ['new import\n', []],
      ['B1\nB2\n', ['first']],
      ['D\n', ['second']],
    ]);
  });

  it('knows both components of neighbouring edits', () => {
    expect(regions('a\nb\n', 'A\nB\n', [edit(0, 1, 'first'), edit(2, 3, 'second')])).toEqual([
      ['A\nB\n', ['first', 'second']],
    ]);
  });

  it('takes a created file as one part', () => {
    expect(regions(null, 'made\n', [])).toEqual([['made\n', ['first', 'second']]]);
  });
});
