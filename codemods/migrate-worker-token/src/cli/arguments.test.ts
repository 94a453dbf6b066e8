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
    [['--dry'], '--dry is no option. Here it is --dry-run.'],
    [['--revert'], '--revert is no option. Here it is --undo.'],
    [['--json'], '--json is no option. Here it is --report FILE.json.'],
    [['--undo', '--report', 'a.html'], '--undo is a run of its own and does not go with --report.'],
    [['--undo', '--force'], '--undo is a run of its own and does not go with --force.'],
    [['--check', '--dry-run'], '--check and --dry-run do not go together: leave one out.'],
    [['--interactive', '--check'], '--interactive and --check do not go together'],
    [['--no-verify', '--best-effort'], '--best-effort and --no-verify do not go together'],
  ])('answers %j with what to do', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
    expect(() => parseCommandLine(argv)).toThrow(message);
  });
});
