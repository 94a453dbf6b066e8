/** The table of old keys, endpoints, names and events, and the recognisers for them. Bundled into lint and codemod. */
export type { EndpointKind, KeyKind, LegacySignals, NodeLike } from './types.js';
export { AGGREGATOR_HELPERS, LEGACY_EVENTS, PRESETS, RELATED_KEYS, RELATED_PREFIXES, defaultSignals } from './table.js';
export { isLegacyPrefix, keyKind, nearMissOf } from './keys.js';
export { endpointKind, isPingOneHost } from './endpoints.js';
export { evidenceIn, type Evidence } from './evidence.js';
export { mayHaveSite, signalStems } from './gate.js';
export { isIgnoredPath, isServerPath, isTestPath, looksBundled } from './paths.js';
export { memberName, storageName, type StorageName } from './storage-object.js';
