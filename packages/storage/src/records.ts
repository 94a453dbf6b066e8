/** `@worker-token/storage/records`: single records as tiers keep them, for adapters between tiers. Applications need none of it. */
export { CREDENTIALS_SLOT, isReservedSlot, KEY_PREFIX, physicalKey, slotOfPhysicalKey } from './flow-key.js';
export {
  createRecordCodec,
  type DecodedRecord,
  type RecordCodec,
  type RecordCodecOptions,
  type RecordHeader,
} from './record-codec.js';
export { isObject, parseSafeJson, UnsafeJsonError } from './safe-json.js';
export { credentialsShape } from './shared-shapes.js';
export { withoutSecrets, type WithoutSecrets } from './without-secrets.js';
