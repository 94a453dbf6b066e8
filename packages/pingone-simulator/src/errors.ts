/**
 * The errors that the simulator throws at the program that runs it. What it answers to clients is in `platform-error.ts`.
 */

/** Base of all errors thrown by this package. */
export class SimulatorError extends Error {
  constructor(
    /** Stable; for programs. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An option or a fault has a value that the simulator cannot work with. */
export class SimulatorOptionError extends SimulatorError {
  constructor(message: string) {
    super('simulator-option', message);
  }
}

/** Another program listens on the port already. */
export class PortInUseError extends SimulatorError {
  constructor(readonly port: number) {
    super('port-in-use', `Port ${port} is in use. Stop the program that uses it, or choose another port.`);
  }
}
