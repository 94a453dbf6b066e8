/** The outcome of a check that has not run: there is nothing to check, or nobody wants to know (`--no-verify`). Loads nothing. */
import type { FileChange, VerifyResult } from '../types.js';

export interface VerifyOutcome {
  /** What may be written. */
  changes: FileChange[];
  result: VerifyResult;
}

export function unverified(changes: FileChange[], rolledBack = new Map<string, string>()): VerifyOutcome {
  const result = {
    diagnosticsBefore: 0,
    diagnosticsAfter: 0,
    floatingPromises: 0,
    newDiagnostics: new Map(),
    rolledBack,
    takenBack: new Map(),
  };
  return { changes, result };
}
