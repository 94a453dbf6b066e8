/** Who we are, for reports and messages. */
import { version } from '../package.json';

export const TOOL = `migrate-worker-token ${version}`;

export { version };
