// The time that all candidates see. It passes as it does, and may be moved: `passed` is a time that really goes by for everybody, `wrong` a
// wall clock that is set to something else. Import it before them.
const wall = Date.now.bind(Date);
const elapsed = performance.now.bind(performance);

export const time = {
  /** Milliseconds. */
  passed: 0,
  wrong: 0,
  /** By no clock of theirs. */
  truth: () => wall() + time.passed,
  /** Not moved: for measuring. */
  stopwatch: elapsed,
  reset() {
    time.passed = 0;
    time.wrong = 0;
  },
};

globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [time.truth() + time.wrong]));
  }
  static now() {
    return time.truth() + time.wrong;
  }
};
performance.now = () => elapsed() + time.passed;
