/**
 * What the command does; where it prints and how it ends is handed in, so that tests can watch.
 */
import { readCommandLine, UsageError, USAGE } from './cli-options.js';
import { DEMO } from './demo.js';
import { PortInUseError } from './errors.js';
import { createPingOneSimulator } from './simulator.js';

export interface CliSurroundings {
  print: (text: string) => void;
  printError: (text: string) => void;
}

/** The exit code when the command is over at once; a way to stop it when a server runs. */
export type CliResult = { exitCode: number } | { exitCode?: undefined; stop(): Promise<void> };

export async function runCli(args: readonly string[], { print, printError }: CliSurroundings): Promise<CliResult> {
  try {
    const options = readCommandLine(args);
    if (options.help) {
      print(USAGE);
      return { exitCode: 0 };
    }
    const simulator = createPingOneSimulator(options);
    const { url } = await simulator.listen({ port: options.port });
    print(greeting(url, options.control));
    return { stop: () => simulator.close() };
  } catch (error) {
    if (error instanceof UsageError) printError(`${error.message}\n\n${USAGE}`);
    else if (error instanceof PortInUseError) printError(`${error.message} For example: --port ${error.port + 1}\n`);
    else throw error;
    return { exitCode: error instanceof UsageError ? 2 : 1 };
  }
}

function greeting(url: string, control: boolean): string {
  return `PingOne simulator: ${url}

  Token endpoint   ${url}/auth/na/${DEMO.environmentId}/as/token
  Management API   ${url}/api/na/v1/environments/${DEMO.environmentId}
${control ? `  Control          ${url}/__simulator/requests\n` : ''}
  Demo credentials, made up and worth nothing:
  Environment ID   ${DEMO.environmentId}
  Client ID        ${DEMO.clientId}
  Client secret    ${DEMO.clientSecret}
  Region           ${DEMO.region}

Stop it with Ctrl+C.
`;
}
