/**
 * Joins the parts to one simulator. Decides nothing about PingOne.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { createApi } from './api/api.js';
import { createControl } from './control.js';
import { SimulatorError, SimulatorOptionError } from './errors.js';
import { exchange, type Parts } from './exchange.js';
import { createFaults } from './faults.js';
import { createRequestLog } from './request-log.js';
import { startServer, type RunningServer } from './server.js';
import { createState } from './state.js';
import { lazySigningKey } from './token/signing-key.js';
import { createTokenEndpoint } from './token/token-endpoint.js';
import type { PingOneSimulator, SimulatorOptions } from './types.js';

/**
 * Creates a simulated PingOne. Without options it holds the demo environment, whose ids and credentials are in {@link DEMO}.
 *
 * @throws SimulatorOptionError when an option has a value that it cannot work with
 */
export function createPingOneSimulator(options: SimulatorOptions = {}): PingOneSimulator {
  checkLifetime(options.tokenLifetimeSeconds ?? 3600);
  const state = createState(options);
  const signingKey = lazySigningKey();
  const faults = createFaults(state, options.faults ?? []);
  const log = createRequestLog(state);
  const parts: Parts = {
    state,
    log,
    faults,
    tokenEndpoint: createTokenEndpoint(state, signingKey),
    api: createApi({ state, publicKey: async () => (await signingKey()).publicKey }),
    control: undefined,
    sleep: options.sleep ?? ((ms) => wait(ms)),
  };
  const nodeListener = getRequestListener((request, bindings) => exchange(parts, request, bindings), {
    overrideGlobalObjects: false,
  });
  let running: RunningServer | undefined;

  const simulator = {
    faults,
    requests: log.records,
    tokenRequests: () => log.tokenRequests(),
    get tokenLifetimeSeconds() {
      return state.tokenLifetimeSeconds;
    },
    set tokenLifetimeSeconds(seconds) {
      state.tokenLifetimeSeconds = checkLifetime(seconds);
    },
    get publicUrl() {
      return state.publicUrl;
    },
    set publicUrl(url) {
      state.publicUrl = url;
    },
    handler: (request, bindings) => exchange(parts, request, bindings),
    listener: (incoming, outgoing) => nodeListener(incoming, outgoing),
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      if (running) throw new SimulatorError('ALREADY_LISTENING', 'The simulator listens already; close() it first.');
      running = await startServer((incoming, outgoing) => void nodeListener(incoming, outgoing), port, host);
      return { url: running.url };
    },
    reset() {
      state.reset();
      faults.reset();
      log.clear();
    },
    async close() {
      await running?.close();
      running = undefined;
    },
  } satisfies PingOneSimulator & { faults: typeof faults };
  if (options.control) parts.control = createControl(simulator);
  return simulator;
}

function checkLifetime(seconds: number): number {
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  throw new SimulatorOptionError('tokenLifetimeSeconds: expected a whole number of seconds above 0.');
}
