/**
 * The command `pingone-simulator`: joins `runCli` to this process.
 */
import { runCli } from './cli-run.js';

const result = await runCli(process.argv.slice(2), {
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
});
if (result.exitCode !== undefined) {
  process.exitCode = result.exitCode;
} else {
  const stop = (): void => void result.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
