/**
 * The contract of the simulated tenant: environments, apps and their roles, users, populations, activities. Imports nothing.
 */
/** The region codes of the management API. In the simulator's paths they are lower case. */
export type RegionCode = 'NA' | 'CA' | 'EU' | 'AU' | 'SG' | 'AP';

export interface SimulatedEnvironment {
  /** Lower-case UUID. */
  id: string;
  name: string;
  region: RegionCode;
  description?: string;
  /** Default `SANDBOX`. */
  type?: 'PRODUCTION' | 'SANDBOX';
  organizationId?: string;
  licenseId?: string;
  /** ISO 8601. Default: when the simulator was created. */
  createdAt?: string;
}

/** How an app must authenticate at the token endpoint. PingOne is exact about it; `any` accepts Basic and POST and has no model there. */
export type AppAuthMethod =
  'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt' | 'any';

/** The built-in roles that the simulator knows; see `role-permissions.ts` for what each may read. */
export type RoleName =
  | 'Organization Admin'
  | 'Environment Admin'
  | 'Identity Data Admin'
  | 'Identity Data Read Only'
  | 'Configuration Read Only';

export interface SimulatedRole {
  name: RoleName;
  /** Where the role holds. Default: the app's own environment; for Organization Admin, the organization of it. */
  environmentId?: string;
}

/** A worker app. */
export interface SimulatedApp {
  /** Lower-case UUID. */
  clientId: string;
  clientSecret: string;
  environmentId: string;
  name?: string;
  /** Default `client_secret_basic`. */
  method?: AppAuthMethod;
  /** Public keys for `private_key_jwt`. */
  jwks?: { keys: Record<string, unknown>[] };
  /** Default true. A disabled app is answered like an unknown one. */
  enabled?: boolean;
  /** Whether the client-credentials grant is enabled on the app. Default true. */
  clientCredentials?: boolean;
  /** Default none: tokens are issued, the management API answers 403. */
  roles?: SimulatedRole[];
}

/** A user resource as the management API returns it; unknown attributes are kept. */
export interface SimulatedUser {
  id: string;
  username: string;
  email: string;
  environment: { id: string };
  population: { id: string };
  enabled?: boolean;
  name?: { given?: string; middle?: string; family?: string; formatted?: string };
  /** Shown only as `memberOfGroupIDs` or `memberOfGroupNames`, and only with `?include=`. */
  memberOfGroups?: { id: string; name: string }[];
  [attribute: string]: unknown;
}

export interface SimulatedPopulation {
  id: string;
  name: string;
  environment: { id: string };
  description?: string;
  default?: boolean;
  createdAt?: string;
  updatedAt?: string;
}

export interface SimulatedActivity {
  id: string;
  /** ISO 8601 with milliseconds. */
  recordedAt: string;
  createdAt: string;
  correlationId: string;
  environment: { id: string };
  action: { type: string; description?: string };
  result: { status: 'SUCCESS' | 'FAILED'; description: string };
  actors?: { client?: SimulatedActor; user?: SimulatedActor };
  resources?: SimulatedActor[];
}

export interface SimulatedActor {
  id: string;
  name: string;
  type: string;
  environment?: { id: string };
  population?: { id?: string };
}

export interface SimulatedOrganization {
  id: string;
  name: string;
  description?: string;
  type: 'PAID' | 'TRIAL' | 'INTERNAL';
  createdAt?: string;
  updatedAt?: string;
}

/** A licence as the management API returns it; unknown groups of flags are kept. */
export interface SimulatedLicense {
  id: string;
  name: string;
  package: string;
  status: 'ACTIVE' | 'EXPIRED' | 'FUTURE' | 'TERMINATED';
  organization: { id: string };
  /** ISO 8601. */
  beginsAt: string;
  expiresAt: string;
  [attribute: string]: unknown;
}
