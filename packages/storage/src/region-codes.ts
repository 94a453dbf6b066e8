/** The codes of PingOne's regions, apart from what follows from them: whoever checks a record needs no more. */
import type { Region } from './types/credentials.js';

const REGION_CODES: readonly Region[] = ['NA', 'CA', 'EU', 'AU', 'SG', 'AP'];

/** True for a region's code, exactly as it is stored. */
export function isRegion(value: unknown): value is Region {
  return REGION_CODES.some((code) => code === value);
}
