/**
 * What the management API works with, and what every route gets once a request has passed `guard.ts`.
 */
import type { CryptoKey } from 'jose';
import type { SimulatorState } from '../state.js';
import type { SimulatedApp, SimulatedEnvironment } from '../world-types.js';

export interface ApiDependencies {
  state: SimulatorState;
  /** Verifies tokens. */
  readonly publicKey: () => Promise<CryptoKey>;
}

export interface ApiEnv {
  Variables: {
    app: SimulatedApp;
    environment: SimulatedEnvironment;
    /** `<public address>/api/<region>/v1` */
    apiUrl: string;
    /** `<public address>/api/<region>/v1/environments/<environment>` */
    environmentUrl: string;
  };
}
