/** What the command takes from its process, so that it can be run without one. */
import type { Readable } from 'node:stream';

export interface Surroundings {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Where answers come from. Left out: nobody can be asked. */
  stdin?: Readable & { isTTY?: boolean };
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
}
