/**
 * What the authorization server stores: clients are read from the simulator's apps on each request, so that a rotated secret counts at
 * once; the rest (used client assertions) lives in memory. Tokens are not stored, they are signed.
 */
import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider';
import type { SimulatorState } from '../state.js';
import type { SimulatedApp } from '../world-types.js';

export function createAdapter(state: SimulatorState, environmentId: string): (model: string) => Adapter {
  return (model) => (model === 'Client' ? clientAdapter(state, environmentId) : memoryAdapter());
}

function clientAdapter(state: SimulatorState, environmentId: string): Adapter {
  return {
    ...memoryAdapter(),
    async find(clientId) {
      const app = state.app(clientId);
      return app && app.environmentId === environmentId && app.enabled !== false ? clientMetadata(app) : undefined;
    },
  };
}

function clientMetadata(app: SimulatedApp): ClientMetadata {
  // `any` is registered as Basic: the authorization server takes both then; the exact method is checked in `client-method.ts`.
  const method = app.method === 'any' ? 'client_secret_basic' : (app.method ?? 'client_secret_basic');
  return {
    client_id: app.clientId,
    ...(method === 'private_key_jwt' ? { jwks: app.jwks } : { client_secret: app.clientSecret }),
    token_endpoint_auth_method: method,
    grant_types: app.clientCredentials === false ? [] : ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  };
}

function memoryAdapter(): Adapter {
  const entries = new Map<string, AdapterPayload>();
  return {
    async upsert(id, payload) {
      entries.set(id, payload);
    },
    find: async (id) => entries.get(id),
    findByUserCode: async () => undefined,
    findByUid: async () => undefined,
    async consume() {},
    async destroy(id) {
      entries.delete(id);
    },
    async revokeByGrantId() {},
  };
}
