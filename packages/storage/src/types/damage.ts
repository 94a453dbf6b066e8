/** Records that are there and cannot be used, and what an application may decide about them. */
import type { RecordProblem } from './record.js';

export interface DamagedRecord {
  /** A flow key, or `worker-token-credentials` or `worker-access-token`. */
  key: string;
  /** Name of the tier that holds it. */
  tier: string;
  problem: RecordProblem;
}

/**
 * Nothing is done to a damaged record until the application decides: save over it, take it away for a closer look, or discard it. A record
 * that cannot be used in one tier and can in another is not damaged.
 */
export interface DamagedRecords {
  /** Each record is read, and opened where it is sealed. Definitions that this storage has used tell what a flow's value has to be. */
  list(): Promise<DamagedRecord[]>;
  /**
   * The text of a damaged record as it is stored, sealed or not; null where nothing is damaged. Empty where a tier does not hand it over
   * (a file that is open to others). It may hold a secret: keep it out of logs.
   *
   * @throws InvalidFlowKeyError for what is no key.
   */
  exportRaw(key: string): Promise<string | null>;
  /**
   * Removes a damaged record. Resolves with false, and removes nothing, where it is not damaged, or somebody saved meanwhile.
   *
   * @throws InvalidFlowKeyError for what is no key.
   */
  discard(key: string): Promise<boolean>;
}
