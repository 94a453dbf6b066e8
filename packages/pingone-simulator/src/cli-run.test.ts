import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { runCli, type CliResult } from './cli-run.js';
import { DEMO } from './demo.js';

async function run(...args: string[]): Promise<{ result: CliResult; out: string; err: string }> {
  let out = '';
  let err = '';
  const result = await runCli(args, { print: (text) => void (out += text), printError: (text) => void (err += text) });
  return { result, out, err };
}

describe('pingone-simulator', () => {
  it('prints its address and the demo credentials, and serves until it is stopped', async () => {
    const { result, out } = await run('--port', '0', '--token-lifetime', '60');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
    expect(out).toContain(DEMO.clientSecret);
    expect(out).toContain('Stop it with Ctrl+C');
    expect((await fetch(`${url}/api/na/v1/environments`)).status).toBe(401);
    if (result.exitCode === undefined) await result.stop();
    await expect(fetch(url)).rejects.toThrow(TypeError);
  });

  it('explains itself with --help', async () => {
    const { result, out } = await run('--help');
    expect(result).toEqual({ exitCode: 0 });
    expect(out).toMatch(/--port[\s\S]+--token-lifetime[\s\S]+--control/);
  });

  it.each([
    ['--port', 'abc'],
    ['--token-lifetime', '0'],
    ['--colour', 'red'],
  ])('refuses %s %s', async (...args) => {
    const { result, err } = await run(...args);
    expect(result).toEqual({ exitCode: 2 });
    expect(err).toContain(args[0]);
    expect(err).toContain('Usage:');
  });

  it('says so when the port is in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { result, err } = await run('--port', String(port));
    server.close();
    expect(result).toEqual({ exitCode: 1 });
    expect(err).toBe(
      `Port ${port} is in use. Stop the program that uses it, or choose another port. For example: --port ${port + 1}\n`,
    );
  });
});
