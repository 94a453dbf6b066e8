/**
 * A small client for the suites: starts a simulator on a free port and speaks plain fetch to it.
 */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createPingOneSimulator, DEMO, type PingOneSimulator, type SimulatorOptions } from '../src/index.js';

/** 2026-03-04T05:06:07.089Z, moved by hand. */
export function manualClock(startMs = Date.parse('2026-03-04T05:06:07.089Z')): {
  now(): number;
  advanceSeconds(seconds: number): void;
} {
  let time = startMs;
  return { now: () => time, advanceSeconds: (seconds) => void (time += seconds * 1000) };
}

export interface Answer {
  status: number;
  headers: Headers;
  // Tests look into bodies of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface Client {
  simulator: PingOneSimulator;
  url: string;
  /** Asks for a token with the demo app, or with what is given. */
  requestToken(options?: TokenOptions): Promise<Answer>;
  /** A valid token of the demo app. */
  token(): Promise<string>;
  /** Calls the management API below the demo environment. */
  api(path: string, init?: RequestInit & { token?: string }): Promise<Answer>;
}

export interface TokenOptions {
  environmentId?: string;
  clientId?: string;
  clientSecret?: string;
  method?: 'basic' | 'post' | 'none';
  form?: Record<string, string>;
  headers?: Record<string, string>;
}

const running: PingOneSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** A simulator for one test. */
export async function startClient(options: SimulatorOptions = {}): Promise<Client> {
  const client = await start(options);
  running.push(client.simulator);
  return client;
}

/** One simulator for all tests of a file, reset after each: making its signing key takes longer than most tests. */
export function sharedClient(options: SimulatorOptions = {}): Client {
  const client = {} as Client;
  beforeAll(async () => void Object.assign(client, await start(options)));
  afterEach(() => client.simulator.reset());
  afterAll(() => client.simulator.close());
  return client;
}

async function start(options: SimulatorOptions): Promise<Client> {
  const simulator = createPingOneSimulator(options);
  const { url } = await simulator.listen();
  const requestToken = (request: TokenOptions = {}): Promise<Answer> => requestTokenAt(url, request);
  const token = async (): Promise<string> => String((await requestToken()).body.access_token);
  return {
    simulator,
    url,
    requestToken,
    token,
    async api(path, { token: given, ...init } = {}) {
      const headers = { authorization: `Bearer ${given ?? (await token())}`, ...(init.headers as object) };
      return answerOf(await fetch(`${url}/api/na/v1/environments/${DEMO.environmentId}${path}`, { ...init, headers }));
    },
  };
}

async function requestTokenAt(url: string, request: TokenOptions): Promise<Answer> {
  const { clientId = DEMO.clientId, clientSecret = DEMO.clientSecret, method = 'basic' } = request;
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(method === 'post' ? { client_id: clientId, client_secret: clientSecret } : {}),
    ...request.form,
  });
  const response = await fetch(`${url}/auth/na/${request.environmentId ?? DEMO.environmentId}/as/token`, {
    method: 'POST',
    body: form,
    headers: { ...(method === 'basic' ? { authorization: `Basic ${basic}` } : {}), ...request.headers },
  });
  return answerOf(response);
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}
