/** Public entry of `@worker-token/redis`. Only this file re-exports. */
export { InvalidFleetOptionsError } from './errors.js';
