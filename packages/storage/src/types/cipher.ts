/** What seals payloads, and where its key comes from. */

/** A key and its name; the name is stored with each record, so that a lost key is told from a forged record. */
export interface NamedKey {
  readonly id: string;
  /** AES-GCM, 256 bits, not extractable. */
  readonly key: CryptoKey;
}

/** Makes the key at the first call, once over all tabs. Null: this place cannot keep one. */
export interface KeySource {
  getKey(): Promise<NamedKey | null>;
}

/** Seals and opens payloads. `id` is stored as the envelope's `alg`. */
export interface Cipher {
  readonly id: string;
  encrypt(plain: string, aad: string): Promise<{ iv: string; d: string }>;
  /** Rejects where the payload was changed or belongs to another slot. */
  decrypt(sealed: { iv: string; d: string }, aad: string): Promise<string>;
}
