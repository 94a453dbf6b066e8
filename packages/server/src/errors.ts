/** What can be wrong before there is a request. What a route answers is refusal.ts. */

/** Base of the errors that this package throws. Branch on `code`. */
export class ServerError extends Error {
  override readonly name: string = 'ServerError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** An option with a value that cannot be; the message names it. */
export class ServerOptionError extends ServerError {
  override readonly name = 'ServerOptionError';

  constructor(message: string) {
    super('server-option', message);
  }
}

/** Environment variables that are missing, or that hold what they must not; the message names them and never quotes them. */
export class ServerEnvironmentError extends ServerError {
  override readonly name = 'ServerEnvironmentError';

  constructor(
    message: string,
    /** Names of the variables. */
    readonly variables: readonly string[],
  ) {
    super('server-environment', message);
  }
}
