/** Real sockets for tests: a server on a free port of the loopback, a simulated PingOne, a manager with its credentials, raw bytes. */
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createWorkerTokenManager, type WorkerTokenManager } from '@worker-token/manager';
import {
  createPingOneSimulator,
  DEMO,
  type PingOneSimulator,
  type SimulatorOptions,
} from '@worker-token/pingone-simulator';
import type { Logger } from '@worker-token/storage';
import { afterAll, afterEach } from 'vitest';
import { toNodeListener } from '../src/node-listener.js';
import type { Authorize, RouteHandler } from '../src/types.js';

const undo: (() => unknown)[] = [];
let shared: { simulator: PingOneSimulator; url: string } | undefined;

// What was started last ends first.
afterEach(async () => {
  for (const stop of undo.splice(0).reverse()) await stop();
});
afterAll(() => shared?.simulator.close());

/** When this test is over. */
export function atTheEnd(stop: () => unknown): void {
  undo.push(stop);
}

/** Listens on a free port; ends with the test. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atTheEnd(() => new Promise((resolve) => (server.close(resolve), server.closeAllConnections?.())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function serve(route: RouteHandler): Promise<string> {
  return listening(createServer(toNodeListener(route)));
}

export interface PingOne {
  simulator: PingOneSimulator;
  url: string;
  host: string;
  authHosts: { NA: string; EU: string };
  apiHosts: { NA: string };
}

/** One for all tests of a file, as new; with options one of its own. */
export async function pingOne(options?: SimulatorOptions): Promise<PingOne> {
  const { simulator, url } = options ? await startPingOne(options) : (shared ??= await startPingOne({}));
  if (options) atTheEnd(() => simulator.close());
  simulator.reset();
  return {
    simulator,
    url,
    host: new URL(url).host,
    authHosts: { NA: `${url}/auth/na`, EU: `${url}/auth/eu` },
    apiHosts: { NA: `${url}/api/na` },
  };
}

async function startPingOne(options: SimulatorOptions) {
  const simulator = createPingOneSimulator(options);
  return { simulator, url: (await simulator.listen()).url };
}

/** A manager with the demo credentials, as a server would have it. */
export async function managerOf(
  { url, host }: PingOne,
  clientSecret: string = DEMO.clientSecret,
): Promise<WorkerTokenManager> {
  const manager = createWorkerTokenManager({
    allowedTokenHosts: [host],
    allowedApiHosts: [host],
    logger: memoryLogger(),
    retry: { baseDelayMs: 1 },
  });
  atTheEnd(() => manager.dispose());
  await manager.saveCredentials({
    environmentId: DEMO.environmentId,
    clientId: DEMO.clientId,
    clientSecret,
    tokenEndpoint: `${url}/auth/na/${DEMO.environmentId}/as/token`,
  });
  return manager;
}

/** The session is what the test says in a cookie, and `none` is nobody. */
export const byCookie: Authorize = (request) => {
  const session = /session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  return session === undefined ? null : { session };
};

export function memoryLogger(): Logger & { lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** Sends bytes as they are, and gives what came back until the server closed, or until there is a whole answer. */
export async function raw(url: string, text: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  atTheEnd(() => socket.destroy());
  let answer = '';
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (isWhole(answer, text.startsWith('HEAD '))) resolve();
    });
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.write(text);
  });
  socket.destroy();
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0), text: answer };
}

function isWhole(answer: string, isHead: boolean): boolean {
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (isHead) return rest.length > 0;
  return rest.length > 0 && length !== undefined && rest.join('\r\n\r\n').length >= Number(length);
}

/** Every form in which a value could have got out. In base64 it may be the end of a pair, as in `Authorization: Basic`, so there are three. */
export function formsOf(value: string): string[] {
  const texts = [
    ...new Set([value, encodeURIComponent(value), formEncoded(value), JSON.stringify(value).slice(1, -1)]),
  ];
  return texts.flatMap((text) => [
    text,
    Buffer.from(text).toString('hex'),
    ...[0, 1, 2].flatMap((at) => inBase64(text, at)),
  ]);
}

/** RFC 6749, appendix B: all but letters, digits and `*-._` is escaped. Some escape the hyphen, too. */
function formEncoded(value: string): string {
  return encodeURIComponent(value).replace(/[!'()~-]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What it is in base64 whatever stands around it: the groups that hold nothing else. */
function inBase64(text: string, bytesBefore: number): string[] {
  const padded = Buffer.from('x'.repeat(bytesBefore) + text);
  const first = bytesBefore === 0 ? 0 : 4;
  const groups = padded.toString('base64').slice(first, 4 * Math.floor(padded.length / 3));
  return [groups, groups.replaceAll('+', '-').replaceAll('/', '_')];
}

/** A text with what can be read out of it: escapes undone, and everything that may be base64 opened, as in `Authorization: Basic`. */
export function opened(text: string): string {
  const runs = text.match(/[\w+/-]{12,}={0,2}/g) ?? [];
  const decoded = runs.map((run) => Buffer.from(run, 'base64').toString('latin1'));
  const all = [text, ...decoded].join('\n');
  return `${all}\n${all.replace(/%([\da-f]{2})/gi, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))}`;
}
