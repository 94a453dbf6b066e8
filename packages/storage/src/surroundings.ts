/** What a storage takes where nobody gave it a clock or a logger. */
import type { Clock, Logger } from './types/surroundings.js';

export const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export const SYSTEM_CLOCK: Clock = { now: () => Date.now() };
