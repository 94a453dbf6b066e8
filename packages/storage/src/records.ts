/** `@worker-token/storage/records`: single records as tiers keep them, for adapters between tiers. Applications need none of it. */
export { CREDENTIALS_SLOT, isReservedSlot, KEY_PREFIX, physicalKey, slotOfPhysicalKey } from './flow-key.js';
export { createRecordCodec, type RecordCodecOptions } from './record-codec.js';
export type { DecodedRecord, RecordCodec, RecordHeader } from './record-envelope.js';
export { isObject, parseSafeJson, UnsafeJsonError } from './safe-json.js';
export { credentialsShape } from './shared-shapes.js';
export { withoutSecrets, type WithoutSecrets } from './without-secrets.js';
