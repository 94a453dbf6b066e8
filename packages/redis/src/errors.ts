/** The one error of this package that callers get: an option that cannot be. A Redis that is out of order is never an error of theirs. */

/** An option with which there would be no fleet: a client of another kind, a prefix with braces, a time that is none. */
export class InvalidFleetOptionsError extends Error {
  /** Stable; for programs. */
  readonly code = 'invalid-fleet-options';

  constructor(message: string) {
    super(message);
    this.name = 'InvalidFleetOptionsError';
  }
}
