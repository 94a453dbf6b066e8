/** The encryption key that lives in the same database as the records it seals. */
import { hasWebCrypto } from '../aes-gcm-cipher.js';
import { randomId } from '../random-id.js';
import type { KeySource, NamedKey } from '../types/cipher.js';
import { KEYS, type IndexedDbConnection } from './indexed-db-connection.js';

const SLOT = 'at-rest';

/** Null where there is no WebCrypto, or where a CryptoKey cannot be stored. */
export function indexedDbKeySource(connection: IndexedDbConnection): KeySource {
  let known: { generation: number; key: NamedKey } | null = null;
  return {
    async getKey() {
      if (!hasWebCrypto()) return null;
      if (known?.generation === connection.generation()) return known.key;
      const key = (await readKey(connection)) ?? (await makeKey(connection));
      if (key) known = { generation: connection.generation(), key };
      return key;
    },
  };
}

/** What is no key is taken away, so that a new one can be made. */
function readKey(connection: IndexedDbConnection): Promise<NamedKey | null> {
  return connection.transaction<NamedKey | null>(KEYS, 'readwrite', (store, done) => {
    const request = store.get(SLOT);
    request.onsuccess = () => {
      if (isNamedKey(request.result)) return done(request.result);
      if (request.result !== undefined) store.delete(SLOT);
      done(null);
    };
  });
}

/** `add` lets one of several tabs win; the others read the winner's key. */
async function makeKey(connection: IndexedDbConnection): Promise<NamedKey | null> {
  const mine = await generateKey();
  if (!mine) return null;
  try {
    await connection.transaction<boolean>(KEYS, 'readwrite', (store, done) => {
      store.add(mine, SLOT).onsuccess = () => done(true);
    });
    return mine;
  } catch (error) {
    if (nameOf(error) === 'DataCloneError') return null;
    if (nameOf((error as Error).cause) === 'ConstraintError') return readKey(connection);
    throw error;
  }
}

/** Null where WebCrypto is there but does not work, as in some test environments. */
async function generateKey(): Promise<NamedKey | null> {
  try {
    const algorithm = { name: 'AES-GCM', length: 256 };
    const key = await globalThis.crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
    return { id: randomId(), key };
  } catch {
    return null;
  }
}

function isNamedKey(value: unknown): value is NamedKey {
  if (typeof value !== 'object' || value === null) return false;
  const { id, key } = value as { id?: unknown; key?: { type?: unknown; algorithm?: { name?: unknown } } };
  return typeof id === 'string' && key?.type === 'secret' && key.algorithm?.name === 'AES-GCM';
}

function nameOf(error: unknown): unknown {
  return (error as { name?: unknown } | null | undefined)?.name;
}
