/**
 * The `/__simulator/` routes: the knobs over HTTP, for browser tests and people. Off unless `control: true`; they have no protection.
 */
import { Hono } from 'hono';
import { SimulatorOptionError } from './errors.js';
import type { FaultController } from './faults.js';
import type { FaultSpec, PingOneSimulator } from './types.js';

export type Controlled = Pick<PingOneSimulator, 'requests' | 'tokenRequests' | 'reset' | 'tokenLifetimeSeconds'> & {
  faults: FaultController;
};

export type FetchHandler = (request: Request) => Response | Promise<Response>;

export function createControl(simulator: Controlled): FetchHandler {
  const control = new Hono();
  control.get('/requests', (c) => c.json({ requests: simulator.requests, tokenRequests: simulator.tokenRequests() }));
  control.get('/faults', (c) => c.json({ faults: simulator.faults.active }));
  control.post('/faults', async (c) => {
    const body: unknown = await c.req.json();
    for (const fault of Array.isArray(body) ? body : [body]) simulator.faults.add(fault as FaultSpec);
    return c.json({ faults: simulator.faults.active });
  });
  control.delete('/faults', (c) => {
    simulator.faults.clear();
    return c.body(null, 204);
  });
  control.post('/expire-tokens', (c) => {
    simulator.faults.expireAllTokens();
    return c.body(null, 204);
  });
  control.post('/rotate-secret', async (c) => {
    const options = await c.req.json<{ clientId?: string; clientSecret?: string }>().catch(() => ({}));
    return c.json({ clientSecret: simulator.faults.rotateSecret(options) });
  });
  control.post('/settings', async (c) => {
    const body = await c.req.json<{
      tokenLifetimeSeconds?: number;
      clockSkewMs?: number;
      permissionPropagationMs?: number;
    }>();
    if (body.tokenLifetimeSeconds !== undefined) simulator.tokenLifetimeSeconds = body.tokenLifetimeSeconds;
    if (body.clockSkewMs !== undefined) simulator.faults.clockSkewMs = body.clockSkewMs;
    if (body.permissionPropagationMs !== undefined) {
      simulator.faults.permissionPropagation(body.permissionPropagationMs);
    }
    return c.body(null, 204);
  });
  control.post('/reset', (c) => {
    simulator.reset();
    return c.body(null, 204);
  });
  control.onError((error, c) => {
    const wanted = error instanceof SimulatorOptionError || error instanceof SyntaxError;
    return c.json({ error: wanted ? error.message : 'unexpected error' }, wanted ? 400 : 500);
  });
  const routes = new Hono().route('/__simulator', control);
  return (request) => routes.fetch(request);
}
