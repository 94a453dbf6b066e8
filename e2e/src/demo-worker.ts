/** What a person types into Worker Token Flow: the simulator's demonstration worker. */
import { DEMO } from '@worker-token/pingone-simulator';

export interface WorkerInput {
  environmentId: string;
  clientId: string;
  clientSecret: string;
  region: string;
  scopes: string;
}

export const DEMO_WORKER: WorkerInput = {
  environmentId: DEMO.environmentId,
  clientId: DEMO.clientId,
  clientSecret: DEMO.clientSecret,
  region: 'North America',
  scopes: 'p1:read:user',
};
