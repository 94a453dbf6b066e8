import { describe, expect, it } from 'vitest';
import { progressOn } from './progress.js';

function shown(stderr: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv): string {
  let text = '';
  const progress = progressOn({ stderr: { ...stderr, write: (part) => (text += part) }, env });
  for (const stage of ['scan', 'plan', 'verify', 'plan', 'verify', 'write'] as const) progress.show(stage);
  progress.clear();
  return text;
}

describe('progress', () => {
  it('is a bar on a terminal that never goes back, and leaves its line empty', () => {
    const frames = shown({ isTTY: true }, {}).split('\r\u001b[K');

    expect(frames.map((frame) => /\d+(?= %)/.exec(frame)?.[0])).toEqual([
      undefined,
      '0',
      '10',
      '40',
      '40',
      '40',
      '95',
      undefined,
    ]);
    expect(frames[3]).toBe('██████████░░░░░░░░░░░░░░  40 %  Checking the result before it is written …');
    expect(frames.at(-1)).toBe('');
  });

  it('fits a narrow terminal, so that it can be cleared', () => {
    const frames = shown({ isTTY: true, columns: 40 }, {}).split('\r\u001b[K');

    expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThan(40);
  });

  it('is a plain line per stage in CI, on its terminal, too', () => {
    const lines =
      'Looking for worker token code …\nDeciding what becomes of each place …\nChecking the result before it is written …\nWriting …\n';

    expect(shown({}, { CI: '1' })).toBe(lines);
    expect(shown({ isTTY: true }, { CI: 'true' })).toBe(lines);
  });

  it.each([
    [{}, {}],
    [{ isTTY: true }, { TERM: 'dumb' }],
  ])('is silent for %j with %j', (stderr, env) => {
    expect(shown(stderr, env)).toBe('');
  });
});
