/**
 * The demo environment's fixed names. The secret is made up, printed by the command line and worth nothing.
 */
import type { SimulatedApp, SimulatedEnvironment } from './world-types.js';

/** Ids and credentials of the seeded environment, for documentation, tests and sign-in forms of demonstrations. */
export const DEMO = Object.freeze({
  environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
  organizationId: '8c2a6b7d-4e15-4f0a-9d3b-5a6c7e8f9012',
  licenseId: '61f0d2a4-93be-4c58-8a17-2b3c4d5e6f70',
  region: 'NA',
  /** Accepts Basic and POST, so that old and new clients work side by side. PingOne itself has no such setting. */
  clientId: 'a7e3c9d2-5b14-4f68-8e0a-9c1b2d3e4f50',
  clientSecret: 'demo-worker-secret-not-real',
  /** The same roles; accepts Basic only, as PingOne does by default. */
  basicClientId: 'b8f4dae3-6c25-4079-9f1b-ad2c3e4f5061',
  basicClientSecret: 'demo-basic-secret-not-real',
  /** A worker app without any role: gets a token, and 403 from the management API. */
  powerlessClientId: 'c905ebf4-7d36-418a-a02c-be3d4f506172',
  powerlessClientSecret: 'demo-powerless-secret-not-real',
  /** The first seeded user. */
  userId: '0f4c1b2a-3d5e-4f60-8a7b-9c0d1e2f3a4b',
  username: 'mira.okafor',
  email: 'mira.okafor@example.test',
} as const);

export const DEMO_ENVIRONMENT: SimulatedEnvironment = {
  id: DEMO.environmentId,
  name: 'Demo',
  region: DEMO.region,
  description: 'Made-up data of the PingOne simulator',
  type: 'SANDBOX',
  organizationId: DEMO.organizationId,
  licenseId: DEMO.licenseId,
};

const roles: SimulatedApp['roles'] = [
  { name: 'Identity Data Read Only' },
  { name: 'Configuration Read Only' },
  { name: 'Organization Admin' },
];

export const DEMO_APPS: readonly SimulatedApp[] = [
  {
    clientId: DEMO.clientId,
    clientSecret: DEMO.clientSecret,
    environmentId: DEMO.environmentId,
    name: 'Demo worker',
    method: 'any',
    roles,
  },
  {
    clientId: DEMO.basicClientId,
    clientSecret: DEMO.basicClientSecret,
    environmentId: DEMO.environmentId,
    name: 'Demo worker (Basic only)',
    method: 'client_secret_basic',
    roles,
  },
  {
    clientId: DEMO.powerlessClientId,
    clientSecret: DEMO.powerlessClientSecret,
    environmentId: DEMO.environmentId,
    name: 'Demo worker without roles',
    method: 'client_secret_basic',
  },
];
