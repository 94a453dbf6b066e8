/**
 * Opaque cursors: what the next page needs, encrypted and authenticated, so that nothing of a filter shows in an address and nobody can make
 * a cursor. Keys live as long as the process.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The query that a cursor belongs to, and where its next page starts. */
export interface CursorContent {
  /** Path of the collection. */
  collection: string;
  filter: string;
  order: string;
  limit: number;
  offset: number;
}

const KEY = randomBytes(32);
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function encodeCursor(content: CursorContent): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', KEY, iv);
  const body = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** Undefined for anything that `encodeCursor` has not made. */
export function decodeCursor(cursor: string): CursorContent | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', KEY, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString();
    return JSON.parse(text) as CursorContent;
  } catch {
    return undefined;
  }
}
