import { describe, expect, it } from 'vitest';
import { UsageError } from '../errors.js';
import { parseCommandLine } from './arguments.js';

describe('parseCommandLine', () => {
  it('understands paths, switches, values and repeated values', () => {
    expect(
      parseCommandLine([
        'src',
        '--dry-run',
        '--key',
        'a',
        '--key=b',
        '--report',
        'x.json',
        '--no-verify',
        'lib',
        '--import-from',
        '@/wt',
      ]),
    ).toMatchObject({
      paths: ['src', 'lib'],
      dryRun: true,
      verify: false,
      installDep: true,
      keys: ['a', 'b'],
      reports: ['x.json'],
      importFrom: '@/wt',
    });
  });

  it('drops its own name as the first word, so that `npx codemod migrate-worker-token src` is the same', () => {
    expect(parseCommandLine(['migrate-worker-token', 'src'])).toEqual(parseCommandLine(['src']));
  });

  it.each([
    [['--dry-rum'], '--dry-rum is no option. Did you mean --dry-run?'],
    [['--frobnicate'], '--frobnicate is no option. All options: --help'],
    [['-x'], '-x is no option.'],
    [['--report'], '--report needs a value: --report FILE'],
    [['--report', '--force'], '--report needs a value, but "--force" follows: --report FILE'],
    [['--key='], '--key needs a value: --key KEY'],
    [['--force=yes'], '--force takes no value, but got "yes".'],
    [['--gate', 'render', '--gate', 'entry'], '--gate is given twice: "render" and "entry".'],
    [['--mark'], '--mark is not offered by this version.'],
    [['--undo'], '--undo is not offered by this version. Use git'],
    [['--interactive'], '--interactive is not offered by this version.'],
    [['--concurrency', '2'], '--concurrency is not offered by this version.'],
  ])('answers %j with what to do', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
    expect(() => parseCommandLine(argv)).toThrow(message);
  });
});
