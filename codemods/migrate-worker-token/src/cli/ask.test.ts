import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Choice } from '../choices.js';
import { asking } from './ask.js';

const choice = (component: string, before = 'old()'): Choice => ({
  component,
  sites: [
    {
      ...{ file: 'src/a.ts', line: 3, column: 5, pattern: 'read-token', status: 'migrated' },
      ...{ before, after: 'now()', component },
    },
  ],
});

async function answered(input: string, choices = ['one', 'two', 'three'].map((name) => choice(name))) {
  let text = '';
  const stdout = { write: (part: string) => (text += part) };
  const io = { cwd: '/', env: {}, stdin: Readable.from([input]), stdout, stderr: stdout };
  const declined = await asking(io, () => {})(choices);
  return { declined: [...declined], text };
}

describe('asking', () => {
  it('shows each component with its places, and takes a yes or no', async () => {
    const { declined, text } = await answered('y\nno\nYes\n');

    expect(declined).toEqual(['two']);
    expect(text).toContain('2/3  one place\nsrc/a.ts:3:5  read-token\n  - old()\n  + now()\n');
  });

  it.each([
    ['a\n', []],
    ['n\na\n', ['one']],
    ['y\nd\n', ['two', 'three']],
  ])('with %j asks no more', async (input, expected) => {
    expect((await answered(input)).declined).toEqual(expected);
  });

  it('explains itself, and asks again', async () => {
    const { declined, text } = await answered('?\nwhat\ny\ny\ny\n');

    expect(declined).toEqual([]);
    expect(text.match(/leave it as it is/g)).toHaveLength(2);
  });

  it.each(['q\n', 'y\n', ''])('stops with nothing decided at %j', async (input) => {
    await expect(answered(input)).rejects.toThrow('Stopped. Nothing was written.');
  });

  it('keeps control characters of the source from the terminal', async () => {
    expect((await answered('y\n', [choice('one', 'a\u001b[2J')])).text).not.toContain('\u001b');
  });
});
